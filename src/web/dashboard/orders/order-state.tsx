import { Group, Text } from '@mantine/core';
import { writeClock, writeDate } from '../../format/times';
import { localIn } from '../../format/zone';
import type { OrderRowFragment } from '../../generated/app';
import { Mark } from '../../ui/mark';
import { words } from '../../words';

type Stated = Pick<OrderRowFragment, 'status' | 'payment' | 'dueOn' | 'lapsesAt'>;
type State = 'WAITS' | 'OPEN' | 'OVERDUE' | 'PAID' | 'CREDITED' | 'CANCELED';

const colors: Record<State, string> = {
  WAITS: 'orange',
  OPEN: 'blue',
  OVERDUE: 'red',
  PAID: 'teal',
  CREDITED: 'gray',
  CANCELED: 'gray',
};

/** What an order waits for, of passes and of money, in one word. `today`: the account's date. */
export function stateOf(
  { status, payment, dueOn }: Omit<Stated, 'lapsesAt'>,
  today: string,
): State {
  if (status === 'CANCELED') return 'CANCELED';
  if (status === 'PLACED') return 'WAITS';
  if (payment === 'PAID') return 'PAID';
  if (payment === 'NONE') return 'CREDITED';
  return dueOn && dueOn < today ? 'OVERDUE' : 'OPEN';
}

/** The state of an order, with the date that belongs to it. */
export function OrderState({ order, today }: { order: Stated; today: string }) {
  const state = stateOf(order, today);
  const { dueOn, lapsesAt } = order;
  const until = lapsesAt ? writeClock(localIn(Date.parse(lapsesAt)), 'dateOfYear') : null;
  const due = dueOn && writeDate(dueOn, 'dateOfYear');
  return (
    <Group gap="xs" wrap="nowrap">
      <Mark label={words.orders.state[state]} color={colors[state]} />
      <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
        {until && words.orders.until(until)}
        {due && state === 'OPEN' && words.orders.until(due)}
        {due && state === 'OVERDUE' && words.orders.since(due)}
      </Text>
    </Group>
  );
}
