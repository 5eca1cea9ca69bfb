import type { AgentByIdQuery } from '../../generated/app';
import { Part } from '../../ui/part';
import { NameLink } from '../links';
import { passColumns } from '../history/pass-columns';
import { PassList } from '../history/pass-list';
import { PeriodFields } from '../history/period-fields';
import { ledgerOf, usePeriod } from '../history/use-period';
import { useMaySeeTickets } from '../ledger/ledger-news';
import { Totals } from '../ledger/ledger-totals';
import { words } from '../../words';
import { writeSums } from '../../format/money';
import { writeClock } from '../../format/times';
import { localIn } from '../../format/zone';

const { from, until, status, ticket, client, source, paid, price, wallet } = passColumns;
const columns = [from, until, status, source, paid, price, wallet];
/** Only people who may see tickets see what they belong to. */
const columnsWithTickets = [from, until, status, ticket, client, source, paid, price, wallet];

/** What the sums can be grouped by. */
const groups = ['PRICE'] as const;
const groupsWithTickets = ['CLIENT', 'TICKET', 'PRICE'] as const;

/** The day passes that an agent used: sums by client, ticket and price, and each pass. */
export function AgentPasses({ id, recent }: { id: string; recent: Recent }) {
  const withTickets = useMaySeeTickets();
  const { period, filter, set } = usePeriod({ agent: id });
  return (
    <Part title={words.agents.passes.title} description={messageOfRecent(recent)}>
      <PeriodFields period={period} onChange={set} />
      <Totals filter={filter} groups={withTickets ? groupsWithTickets : groups} />
      <PassList
        filter={filter}
        columns={withTickets ? columnsWithTickets : columns}
        withTickets={withTickets}
        isNarrowed={Object.keys(period).length > 0}
      />
      <div className="links">
        <NameLink to={ledgerOf({ agent: id, ...period })} name={words.history.inLedger} />
      </div>
    </Part>
  );
}

type Recent = NonNullable<AgentByIdQuery['agent']>['recentDayPasses'];

/** What the agent used and cost in 30 days, and when the agent was last in. */
function messageOfRecent(recent: Recent): string | null {
  if (!recent?.lastStartsAt) return null;
  const { consumed, paidByCurrency: paid, lastStartsAt } = recent;
  const passes = words.agents.passes.recent(consumed);
  const cost = paid.length > 0 ? words.agents.passes.recentPaid(passes, writeSums(paid)) : passes;
  const day = writeClock(localIn(Date.parse(lastStartsAt)), 'dateOfYear');
  return words.agents.passes.lastIn(cost, day);
}
