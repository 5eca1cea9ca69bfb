import { Text } from '@mantine/core';

/** An instant as the wall clock of a zone shows it. Without a zone: the reader's own. */
export function writeInstant(iso: string, timeZone?: string): string {
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  };
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(new Date(iso));
  } catch {
    // A browser that is older than the zone.
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(new Date(iso));
  }
}

/** An instant, with its exact value for machines and for whoever points at it. */
export function Instant({ at, timeZone }: { at: string; timeZone?: string }) {
  return (
    <Text component="time" inherit dateTime={at} title={at}>
      {writeInstant(at, timeZone)}
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
