import { Anchor } from '@mantine/core';
import type {
  DayPassConsumptionOrderField,
  DayPassStatus,
  LedgerConsumptionFragment,
} from '../../generated/app';
import type { Column } from '../../ui/data-table';
import { writeMoney } from '../../format/money';
import { Mark } from '../../ui/mark';
import { At, TwoLines } from './ledger-lines';
import { sourceWords, statusWords } from './ledger-words';
import { ReverseButton } from './reverse';

type ConsumptionColumn = Column<LedgerConsumptionFragment, DayPassConsumptionOrderField>;

/** The columns of the table of consumptions. The wallet is shown where there are several. */
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
      title: 'Agent',
      cell: ({ id, agent }) => (
        <Anchor component="button" type="button" size="sm" onClick={() => open(id)}>
          {agent.name}
        </Anchor>
      ),
    },
    { title: 'When', sortsBy: 'STARTS_AT', cell: ({ startsAt }) => <At at={startsAt} /> },
    {
      title: 'Local date',
      cell: ({ localDate, timeZone }) => <TwoLines first={localDate} second={timeZone} />,
    },
    {
      title: 'Until',
      sortsBy: 'EXPIRES_AT',
      cell: ({ expiresAt, expiresAtLocal }) => <At at={expiresAt} local={expiresAtLocal} />,
    },
    { title: 'Status', cell: ({ status }) => <StatusMark status={status} /> },
    {
      title: withTickets ? 'Source, ticket' : 'Source',
      cell: ({ source, ticket }) => (
        <TwoLines first={sourceWords[source]} second={ticket ? `#${ticket.number}` : null} />
      ),
    },
    withTickets && { title: 'Client', cell: ({ client }) => client?.name ?? '–' },
    {
      title: 'Price',
      isNumber: true,
      cell: ({ consent }) => (consent?.price ? writeMoney(consent.price) : '–'),
    },
    wallets.size > 1 && { title: 'Wallet', cell: ({ wallet }) => wallet.name },
    { title: 'Reversal', cell: (pass) => <ReverseButton pass={pass} /> },
  ];
  return columns.filter((column) => column !== false);
}

const statusColors: Record<DayPassStatus, string> = {
  ACTIVE: 'teal',
  EXPIRED: 'gray',
  REVERSED: 'orange',
};

export function StatusMark({ status }: { status: DayPassStatus }) {
  return <Mark says={statusWords[status]} color={statusColors[status]} />;
}
