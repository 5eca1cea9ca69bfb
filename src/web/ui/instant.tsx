import { Text } from '@mantine/core';
import { readLocal, writeLocal, writeWall, type Local } from '../dates/local';
import { localIn } from '../dates/zone';

const shortOptions: Intl.DateTimeFormatOptions = {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
};
const options: Intl.DateTimeFormatOptions = { ...shortOptions, year: 'numeric' };
const language = 'en-GB';

/** An instant as clocks in a time zone show it. Without a zone: in the reader's own. */
export function writeInstant(iso: string, timeZone?: string): string {
  return writeLocal(localIn(Date.parse(iso), timeZone), language, options);
}

/** A time with the zone's offset, as the service sends it: '2026-03-01T00:00:00.000-07:00'. */
export function writeLocalText(text: string): string {
  return writeLocal(readLocal(text), language, options);
}

/** The same without the year, for today or tomorrow. */
export function writeShortLocalText(text: string): string {
  return writeLocal(readLocal(text), language, shortOptions);
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
      {writeLocal(there, language, isShort ? shortOptions : options)}
    </Text>
  );
}

/** The day of an instant, if the hour does not matter. */
export function Day({ at }: { at: string }) {
  const day = writeWall(localIn(Date.parse(at)), language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  return (
    <Text component="time" inherit dateTime={at} title={writeInstant(at)}>
      {day}
    </Text>
  );
}
