import type { LedgerConsumptionFragment } from '../../generated/app';
import { writeMoney } from '../../format/money';
import type { Column } from '../../ui/data-table';
import { words } from '../../words';
import { At } from '../ledger/ledger-lines';
import { agentPath, clientPath, NameLink, ticketPath } from '../links';
import { PassMark } from '../pass-mark';

type PassColumn = Column<LedgerConsumptionFragment>;

/** The columns of a history; each page leaves out what is the same in all of its rows. */
export const passColumns = {
  agent: {
    title: words.ledger.fields.agent,
    cell: ({ agent }) => <NameLink to={agentPath(agent.id)} name={agent.name} />,
  },
  from: {
    title: words.history.from,
    cell: ({ startsAt, startsAtLocal: local, timeZone }) => (
      <At at={startsAt} there={{ local, timeZone }} />
    ),
  },
  until: {
    title: words.history.until,
    cell: ({ expiresAt, expiresAtLocal: local, timeZone }) => (
      <At at={expiresAt} there={{ local, timeZone }} />
    ),
  },
  status: {
    title: words.ledger.fields.status,
    cell: ({ status }) => <PassMark status={status} />,
  },
  ticket: {
    title: words.ledger.fields.ticket,
    cell: ({ ticket }) =>
      ticket ? (
        <NameLink
          to={ticketPath(ticket.id)}
          name={words.ledger.ticketWithSubject(ticket.number, ticket.subject)}
        />
      ) : (
        '–'
      ),
  },
  client: {
    title: words.ledger.fields.client,
    cell: ({ client }) =>
      client ? <NameLink to={clientPath(client.id)} name={client.name} /> : '–',
  },
  source: {
    title: words.ledger.fields.source,
    cell: ({ source }) => words.ledger.source[source],
  },
  paid: {
    title: words.ledger.fields.paid,
    isNumber: true,
    cell: ({ paid }) => (paid ? writeMoney(paid) : '–'),
  },
  price: {
    title: words.history.price,
    isNumber: true,
    cell: ({ consent }) => (consent?.price ? writeMoney(consent.price) : '–'),
  },
  wallet: {
    title: words.ledger.fields.wallet,
    cell: ({ wallet, emergency }) =>
      emergency ? words.history.belowZero(wallet.name) : wallet.name,
    // Most accounts have one wallet.
    isShownFor: (rows) =>
      rows.some(({ emergency, wallet }) => emergency || wallet.id !== rows[0]!.wallet.id),
  },
} satisfies Record<string, PassColumn>;
