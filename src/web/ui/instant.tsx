import { Text } from '@mantine/core';
import { readLocal, type Local } from '../format/local';
import { writeClock, writeTime } from '../format/times';
import { localIn } from '../format/zone';

/** An instant as clocks in a time zone show it. Without a zone: in the reader's own. */
export function writeInstant(iso: string, timeZone?: string): string {
  return writeTime(localIn(Date.parse(iso), timeZone));
}

/**
 * An instant, with its exact value for machines and in its tooltip. `local` is the same instant with a
 * zone's offset, as the service sends it.
 */
export function Instant({
  at,
  local,
  timeZone,
  isShort = false,
}: {
  at: string;
  local?: string;
  timeZone?: string;
  isShort?: boolean;
}) {
  const there: Local = local ? readLocal(local) : localIn(Date.parse(at), timeZone);
  return (
    <Text component="time" inherit dateTime={at} title={at}>
      {writeTime(there, isShort ? 'short' : 'full')}
    </Text>
  );
}

/** The day of an instant, if the hour does not matter. */
export function Day({ at }: { at: string }) {
  return (
    <Text component="time" inherit dateTime={at} title={writeInstant(at)}>
      {writeClock(localIn(Date.parse(at)), 'dateOfYear')}
    </Text>
  );
}
