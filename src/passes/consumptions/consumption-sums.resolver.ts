import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { agentsById } from '../../agents/agent.queries';
import type { RequestContext } from '../../api/context';
import { toMoney } from '../../api/money.type';
import { nodeId } from '../../api/node';
import { clientsById } from '../../clients/client.queries';
import { ticketsById } from '../../tickets/ticket.queries';
import { DomainError } from '../../core/domain-error';
import { consumptionList } from './consumption-list.queries';
import { consumptionSums, type SumGroup, type SumRow } from './consumption-sums.queries';
import { ConsumptionSumType, SumGroupEnum } from './consumption-sums.type';
import { ConsumptionFilter } from './consumption.args';
import { writeSums } from './money-sums';
import { checkTop, topMax } from './top.rules';

/** They are added up within about two seconds, less than half of the time that a statement has. */
const rowsMax = 1_000_000;

@ArgsType()
class SumsArgs {
  @Field(() => ConsumptionFilter, {
    nullable: true,
    description: 'Which consumptions to add up, as for dayPassConsumptions. Default: all.',
  })
  filter?: ConsumptionFilter | null;

  @Field(() => SumGroupEnum, {
    nullable: true,
    description: 'How to group the sums. If left out, one sum over all.',
  })
  groupBy?: SumGroup | null;

  @Field(() => Int, {
    defaultValue: topMax,
    description: 'The largest number of groups in the answer, 1 to 1000.',
  })
  top!: number;
}

@Resolver(() => ConsumptionSumType)
export class ConsumptionSumsResolver {
  @Query(() => [ConsumptionSumType], {
    nullable: true,
    description:
      'Sums over the consumptions that dayPassConsumptions lists under the same filter: the largest group first, at most 1,000 groups. With more than 1,000,000 consumptions, QUERY_TOO_COMPLEX: choose a shorter time. For account admins with access to the agent portal; an API key needs the scope journal:read.',
  })
  async dayPassConsumptionSums(
    @Args(() => SumsArgs) { filter, groupBy = null, top }: SumsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Omit<ConsumptionSumType, 'label'>[]> {
    await context.permissions.require('journal:read');
    checkTop(top);
    const { rows } = consumptionList(context.account.scope, {
      filter: filter ?? {},
      orderBy: { field: 'STARTS_AT', direction: 'DESC' },
      nowMs: await context.reads.accountNowMs(),
    });
    const sums = await consumptionSums(rows, { groupBy, most: top, rowsMax: rowsMax + 1 });
    if (sums[0] && sums[0].read > rowsMax) {
      throw new DomainError(
        'QUERY_TOO_COMPLEX',
        'There are more than 1,000,000 passes to add up. Choose a shorter time.',
      );
    }
    return sums.map((row) => toSum(row, groupBy));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The name of the agent or client, the number and subject of the ticket, or the price with its currency. Null if `key` is null, and for a client or ticket if the caller may not read them (section TICKETS or the scope tickets:read).',
  })
  async label(
    @Root() { groupBy, key, rowKey }: ConsumptionSumType,
    @Ctx() context: RequestContext,
  ): Promise<string | null> {
    if (rowKey === null || groupBy === null) return key;
    if (groupBy === 'AGENT') return (await context.reads.loadExisting(agentsById, rowKey)).name;
    if (!(await context.permissions.has('tickets:read'))) return null;
    if (groupBy === 'CLIENT') return (await context.reads.loadExisting(clientsById, rowKey)).name;
    const { number, subject } = await context.reads.loadExisting(ticketsById, rowKey);
    return `#${number} ${subject}`;
  }
}

const keyTypes = { AGENT: 'Agent', CLIENT: 'Client', TICKET: 'Ticket' };

function toSum(row: SumRow, groupBy: SumGroup | null): Omit<ConsumptionSumType, 'label'> {
  const { consumed, reversed } = row;
  const { only: paid, all: paidByCurrency } = writeSums(row.paid);
  const sums = { consumed, reversed, paid, paidByCurrency, groupBy };
  if (groupBy === 'PRICE') {
    const [minor, currency] = row.key?.split(' ') ?? [];
    const unitPrice = currency ? toMoney({ minor: Number(minor), currency }) : null;
    const key = unitPrice && `${unitPrice.amount} ${unitPrice.currency}`;
    return { ...sums, key, unitPrice, rowKey: null };
  }
  const key = row.key === null || groupBy === null ? null : nodeId(keyTypes[groupBy], row.key);
  return { ...sums, key, unitPrice: null, rowKey: row.key };
}
