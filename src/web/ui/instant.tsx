import { Text } from '@mantine/core';

const shortOptions: Intl.DateTimeFormatOptions = {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
};

/** An instant as the wall clock of a zone shows it. Without a zone: the reader's own. */
export function writeInstant(iso: string, timeZone?: string): string {
  return write(iso, timeZone, { ...shortOptions, year: 'numeric' });
}

/** The same without its year, where it is about today or tomorrow. */
export function writeShortInstant(iso: string, timeZone?: string): string {
  return write(iso, timeZone, shortOptions);
}

/** An instant, with its exact value for machines and for whoever points at it. */
export function Instant({
  at,
  timeZone,
  isShort = false,
}: {
  at: string;
  timeZone?: string;
  isShort?: boolean;
}) {
  return (
    <Text component="time" inherit dateTime={at} title={at}>
      {isShort ? writeShortInstant(at, timeZone) : writeInstant(at, timeZone)}
    </Text>
  );
}

/** The day of an instant, where the hour does not matter. */
export function Day({ at }: { at: string }) {
  const day = new Date(at).toLocaleDateString('en-GB', {
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

function write(
  iso: string,
  timeZone: string | undefined,
  options: Intl.DateTimeFormatOptions,
): string {
  const instant = new Date(iso);
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(instant);
  } catch {
    // A browser that is older than the zone.
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(instant);
  }
}
