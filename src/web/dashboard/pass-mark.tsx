import type { DayPassStatus } from '../generated/app';
import { Mark } from '../ui/mark';
import { words } from '../words';

const colors: Record<DayPassStatus, string> = {
  ACTIVE: 'teal',
  EXPIRED: 'gray',
  REVERSED: 'orange',
};

/** The status of a day pass. */
export function PassMark({ status }: { status: DayPassStatus }) {
  return <Mark label={words.ledger.status[status]} color={colors[status]} />;
}
