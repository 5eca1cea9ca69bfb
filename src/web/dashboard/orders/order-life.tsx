import { Text, Timeline } from '@mantine/core';
import { writeMoney } from '../../format/money';
import type { OrderDetailsFragment } from '../../generated/app';
import { Instant } from '../../ui/instant';
import { words } from '../../words';

type Order = Pick<
  OrderDetailsFragment,
  'placedAt' | 'creditedAt' | 'paidAt' | 'canceledAt' | 'payments' | 'placedBy' | 'actor'
>;

interface Event {
  at: string;
  what: string;
}

/** What happened to an order, the oldest first. */
export function OrderLife({ order }: { order: Order }) {
  const events = lifeOf(order);
  return (
    <Timeline bulletSize={14} lineWidth={2} active={events.length}>
      {events.map(({ at, what }) => (
        <Timeline.Item key={`${at} ${what}`}>
          <Text size="sm">{what}</Text>
          <Text size="xs" c="dimmed">
            <Instant at={at} />
          </Text>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

function lifeOf({
  placedAt,
  placedBy,
  actor,
  creditedAt,
  paidAt,
  canceledAt,
  payments,
}: Order): Event[] {
  const name = (placedBy ?? actor)?.name;
  const events: (Event | null | undefined)[] = [
    { at: placedAt, what: name ? words.orders.life.placedBy(name) : words.orders.life.placed },
    ...payments.map(({ recordedAt, reference, received }) => ({
      at: recordedAt,
      what: words.orders.life.payment(writeMoney(received), reference),
    })),
    paidAt ? { at: paidAt, what: words.orders.life.paid } : null,
    creditedAt ? { at: creditedAt, what: words.orders.life.credited } : null,
    canceledAt ? { at: canceledAt, what: words.orders.life.canceled } : null,
  ];
  // The list is in the order in which such events follow each other at one instant.
  return events
    .filter((event) => event != null)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
