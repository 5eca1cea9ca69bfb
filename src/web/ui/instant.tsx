import { writeClock } from '../format/times';
import { localIn } from '../format/zone';
import { exactly, writeInstant, type There } from './write-instant';

/** An instant, with its exact value for machines, and to the second in its tooltip. */
export function Instant({
  at,
  there,
  isShort = false,
}: {
  at: string;
  there?: There;
  isShort?: boolean;
}) {
  return (
    <time dateTime={at} title={exactly(at)}>
      {writeInstant(at, there, isShort ? 'short' : 'full')}
    </time>
  );
}

/** The day of an instant, if the hour does not matter. */
export function Day({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exactly(at)}>
      {writeClock(localIn(Date.parse(at)), 'dateOfYear')}
    </time>
  );
}
