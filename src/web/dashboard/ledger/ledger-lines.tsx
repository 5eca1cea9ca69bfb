import type { ReactNode } from 'react';
import { exactly, writeInstant, type There } from '../../ui/write-instant';

/** An instant in a narrow column, its time below its date. */
export function At({ at, there }: { at: string; there?: There }) {
  const [date = '', time = ''] = writeInstant(at, there).split(', ');
  return (
    <time dateTime={at} title={exactly(at)}>
      {date}
      {time && <span className="second-line">{time}</span>}
    </time>
  );
}

/** A cell of two lines, the second one quieter. */
export function TwoLines({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <>
      {first}
      {second && <span className="second-line">{second}</span>}
    </>
  );
}
