import { Badge } from '@mantine/core';
import { useLiveState } from '../session/use-live';
import { words } from '../words';

const colors = {
  LIVE: 'teal',
  CONNECTING: 'gray',
  BROKEN: 'orange',
} as const;

/** Whether the values beside it update automatically; values that no longer update are not shown as live. */
export function LiveMark() {
  const state = useLiveState();
  return (
    <Badge color={colors[state]} variant="dot" role="status" className="live-mark">
      {words.ui.live[state]}
    </Badge>
  );
}
