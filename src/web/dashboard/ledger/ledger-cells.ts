import type { LedgerConsumptionFragment } from '../../generated/app';
import type { CsvColumn } from './ledger-csv';
import {
  actorOf,
  kindOf,
  reasonOf,
  sourceWords,
  statusWords,
  subjectOf,
  type Movement,
} from './ledger-words';

type Pass = LedgerConsumptionFragment;

/** What an export says of a consumption. Instants are in UTC, with the agent's own date and zone. */
export function consumptionCells(withTickets: boolean): CsvColumn<Pass>[] {
  const ofTickets: CsvColumn<Pass>[] = [
    { title: 'Ticket', value: ({ ticket }) => ticket?.number },
    { title: 'Ticket subject', value: ({ ticket }) => ticket?.subject },
    { title: 'Client', value: ({ client }) => client?.name },
  ];
  return [
    { title: 'Consumption', value: ({ id }) => id },
    { title: 'Agent', value: ({ agent }) => agent.name },
    { title: 'E-mail', value: ({ agent }) => agent.email },
    { title: 'Consumed at (UTC)', value: ({ startsAt }) => startsAt },
    { title: 'Local date', value: ({ localDate }) => localDate },
    { title: 'Time zone', value: ({ timeZone }) => timeZone },
    { title: 'Expires at (UTC)', value: ({ expiresAt }) => expiresAt },
    { title: 'Status', value: ({ status }) => statusWords[status] },
    { title: 'Source', value: ({ source }) => sourceWords[source] },
    ...(withTickets ? ofTickets : []),
    { title: 'Price', value: ({ consent }) => consent?.price },
    { title: 'Currency', value: ({ consent }) => consent?.price?.currency },
    { title: 'Wallet', value: ({ wallet }) => wallet.name },
    { title: 'Emergency', value: ({ emergency }) => (emergency ? 'yes' : 'no') },
    { title: 'Reversed at (UTC)', value: ({ reversedAt }) => reversedAt },
  ];
}

/** What an export says of an entry of the journal. */
export const movementCells: CsvColumn<Movement>[] = [
  { title: 'Number', value: ({ sequence }) => sequence },
  { title: 'Happened at (UTC)', value: ({ occurredAt }) => occurredAt },
  { title: 'Kind', value: kindOf },
  { title: 'Change', value: ({ delta }) => delta },
  { title: 'Balance after', value: ({ balance }) => balance },
  { title: 'About', value: subjectOf },
  {
    title: 'Local date',
    value: (movement) => ('consumption' in movement ? movement.consumption.localDate : null),
  },
  {
    title: 'Time zone',
    value: (movement) => ('consumption' in movement ? movement.consumption.timeZone : null),
  },
  { title: 'By', value: actorOf },
  { title: 'Reason', value: reasonOf },
  { title: 'Wallet', value: ({ wallet }) => wallet.name },
  { title: 'Cursor', value: ({ cursor }) => cursor },
];
