import { writeDate } from '../../format/times';
import { Anchor } from '@mantine/core';
import { placeOf } from '../../../core/notation/zone';
import type { DayPassConsumptionOrderField, LedgerConsumptionFragment } from '../../generated/app';
import type { Column } from '../../ui/data-table';
import { writeMoney } from '../../format/money';
import { passColumns } from '../history/pass-columns';
import { PassMark } from '../pass-mark';
import { At, TwoLines } from './ledger-lines';
import { ReverseButton } from './reverse';
import { words } from '../../words';

type ConsumptionColumn = Column<LedgerConsumptionFragment, DayPassConsumptionOrderField>;

/** The columns of the table of consumptions. The wallet is shown if there are several. */
export function consumptionColumns({
  rows,
  withTickets,
  open,
}: {
  rows: readonly LedgerConsumptionFragment[];
  withTickets: boolean;
  open: (passId: string) => void;
}): ConsumptionColumn[] {
  const wallets = new Set(rows.map(({ wallet }) => wallet.id));
  const columns: (ConsumptionColumn | false)[] = [
    {
      title: words.ledger.fields.agent,
      cell: ({ id, agent }) => (
        <Anchor component="button" type="button" size="sm" onClick={() => open(id)}>
          {agent.name}
        </Anchor>
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
    wallets.size > 1 && { title: words.ledger.fields.wallet, cell: ({ wallet }) => wallet.name },
    { title: words.ledger.fields.reversal, cell: (pass) => <ReverseButton pass={pass} /> },
  ];
  return columns.filter((column) => column !== false);
}
