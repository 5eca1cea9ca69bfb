import { Badge } from '@mantine/core';
import { useLiveState } from '../session/use-live';

const looks = {
  LIVE: { color: 'teal', says: 'Live' },
  CONNECTING: { color: 'gray', says: 'Connecting' },
  BROKEN: { color: 'orange', says: 'Not live: reconnecting' },
} as const;

/** Whether what is beside it moves by itself; a number that stands still is not shown as live. */
export function LiveMark() {
  const { color, says } = looks[useLiveState()];
  return (
    <Badge color={color} variant="dot" role="status" className="live-mark">
      {says}
    </Badge>
  );
}
