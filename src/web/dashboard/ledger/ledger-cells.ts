import type { LedgerConsumptionFragment } from '../../generated/app';
import type { CsvColumn } from './ledger-csv';
import { actorOf, kindOf, reasonOf, subjectOf, type Movement } from './ledger-words';
import { words } from '../../words';

type Pass = LedgerConsumptionFragment;

/** An exported consumption. Instants are in UTC, with the agent's own date and zone. */
export function consumptionCells(withTickets: boolean): CsvColumn<Pass>[] {
  const ofTickets: CsvColumn<Pass>[] = [
    { title: words.ledger.csv.ticket, value: ({ ticket }) => ticket?.number },
    { title: words.ledger.csv.ticketSubject, value: ({ ticket }) => ticket?.subject },
    { title: words.ledger.csv.client, value: ({ client }) => client?.name },
  ];
  return [
    { title: words.ledger.csv.consumption, value: ({ id }) => id },
    { title: words.ledger.csv.agent, value: ({ agent }) => agent.name },
    { title: words.ledger.csv.email, value: ({ agent }) => agent.email },
    { title: words.ledger.csv.consumedAt, value: ({ startsAt }) => startsAt },
    { title: words.ledger.csv.localDate, value: ({ localDate }) => localDate },
    { title: words.ledger.csv.timeZone, value: ({ timeZone }) => timeZone },
    { title: words.ledger.csv.expiresAt, value: ({ expiresAt }) => expiresAt },
    { title: words.ledger.csv.status, value: ({ status }) => words.ledger.status[status] },
    { title: words.ledger.csv.source, value: ({ source }) => words.ledger.source[source] },
    ...(withTickets ? ofTickets : []),
    { title: words.ledger.csv.paid, value: ({ paid }) => paid },
    { title: words.ledger.csv.paidCurrency, value: ({ paid }) => paid?.currency },
    { title: words.ledger.csv.price, value: ({ consent }) => consent?.price },
    { title: words.ledger.csv.currency, value: ({ consent }) => consent?.price?.currency },
    { title: words.ledger.csv.wallet, value: ({ wallet }) => wallet.name },
    {
      title: words.ledger.csv.emergency,
      value: ({ emergency }) => (emergency ? words.ledger.csv.yes : words.ledger.csv.no),
    },
    { title: words.ledger.csv.reversedAt, value: ({ reversedAt }) => reversedAt },
    { title: words.ledger.csv.reversedBy, value: ({ reversal }) => reversal && actorOf(reversal) },
    { title: words.ledger.csv.reversalReason, value: ({ reversal }) => reversal?.reason },
  ];
}

/** An exported entry of the journal. */
export const movementCells: CsvColumn<Movement>[] = [
  { title: words.ledger.csv.number, value: ({ sequence }) => sequence },
  { title: words.ledger.csv.happenedAt, value: ({ occurredAt }) => occurredAt },
  { title: words.ledger.csv.kind, value: kindOf },
  { title: words.ledger.csv.change, value: ({ delta }) => delta },
  { title: words.ledger.csv.balanceAfter, value: ({ balance }) => balance },
  { title: words.ledger.csv.about, value: subjectOf },
  {
    title: words.ledger.csv.localDate,
    value: (movement) => ('consumption' in movement ? movement.consumption.localDate : null),
  },
  {
    title: words.ledger.csv.timeZone,
    value: (movement) => ('consumption' in movement ? movement.consumption.timeZone : null),
  },
  { title: words.ledger.csv.by, value: actorOf },
  { title: words.ledger.csv.reason, value: reasonOf },
  { title: words.ledger.csv.wallet, value: ({ wallet }) => wallet.name },
  { title: words.ledger.csv.cursor, value: ({ cursor }) => cursor },
];
