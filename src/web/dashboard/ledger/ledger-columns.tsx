import { writeDate } from '../../format/times';
import { placeOf } from '../../../core/notation/zone';
import type { DayPassConsumptionOrderField, LedgerConsumptionFragment } from '../../generated/app';
import type { Column } from '../../ui/data-table';
import { writeMoney } from '../../format/money';
import { passColumns } from '../history/pass-columns';
import { PassMark } from '../pass-mark';
import { At, TwoLines } from './ledger-lines';
import { ReverseButton } from './reverse';
import { words } from '../../words';

/** Whether the rows belong to several wallets: then each says to which. */
export function hasSeveral(walletIds: readonly string[]): boolean {
  return new Set(walletIds).size > 1;
}

type ConsumptionColumn = Column<LedgerConsumptionFragment, DayPassConsumptionOrderField>;

/** The columns of the table of consumptions. */
export function consumptionColumns({
  withWallet,
  withTickets,
  open,
}: {
  withWallet: boolean;
  withTickets: boolean;
  open: (passId: string) => void;
}): ConsumptionColumn[] {
  const columns: (ConsumptionColumn | false)[] = [
    {
      title: words.ledger.fields.agent,
      cell: ({ id, agent }) => (
        <button type="button" className="name-link" onClick={() => open(id)}>
          {agent.name}
        </button>
      ),
    },
    {
      title: words.ledger.fields.when,
      sortsBy: 'STARTS_AT',
      cell: ({ startsAt }) => <At at={startsAt} />,
    },
    {
      title: words.ledger.fields.localDate,
      cell: ({ localDate, timeZone }) => (
        <TwoLines first={writeDate(localDate, 'dateOfYear')} second={placeOf(timeZone)} />
      ),
    },
    {
      title: words.ledger.fields.until,
      sortsBy: 'EXPIRES_AT',
      cell: ({ expiresAt, expiresAtLocal: local, timeZone }) => (
        <At at={expiresAt} there={{ local, timeZone }} />
      ),
    },
    { title: words.ledger.fields.status, cell: ({ status }) => <PassMark status={status} /> },
    {
      title: withTickets ? words.ledger.fields.sourceTicket : words.ledger.fields.source,
      cell: ({ source, ticket }) => (
        <TwoLines
          first={words.ledger.source[source]}
          second={ticket ? words.ledger.ticketNumber(ticket.number) : null}
        />
      ),
    },
    withTickets && passColumns.client,
    {
      title: words.ledger.fields.paidAndPrice,
      isNumber: true,
      cell: ({ paid, consent }) => (
        <TwoLines
          first={paid ? writeMoney(paid) : '–'}
          second={consent?.price ? words.ledger.listPrice(writeMoney(consent.price)) : null}
        />
      ),
    },
    withWallet && { title: words.ledger.fields.wallet, cell: ({ wallet }) => wallet.name },
    {
      title: words.ledger.fields.reversal,
      isTitleHidden: true,
      cell: (pass) => <ReverseButton pass={pass} />,
    },
  ];
  return columns.filter((column) => column !== false);
}
