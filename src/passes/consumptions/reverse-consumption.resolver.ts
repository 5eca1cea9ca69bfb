import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../../api/context';
import { refuseTexts } from '../../api/input.rules';
import { rowIdOrNone } from '../../api/node';
import { UserError, userErrorsOf } from '../../api/user-error';
import { newId } from '../../core/ids';
import { walletOfPayload } from '../../wallets/wallet-of-payload';
import { ConsumptionType, toConsumption } from './consumption.type';

@InputType({ description: 'The consumption to reverse, and the reason.' })
class ReverseDayPassConsumptionInput {
  @Field(() => ID, { description: 'The id of the consumption.' })
  consumptionId!: string;

  @Field(() => String, {
    description: 'The reason, 1 to 500 characters. It is kept in the journal.',
  })
  reason!: string;
}

@ObjectType({
  description:
    'The result of reversing a consumption. If the consumption was already reversed, the answer is the same.',
})
class ReverseDayPassConsumptionPayload {
  @Field(() => ConsumptionType, {
    nullable: true,
    description: 'The reversed consumption; null if the request was refused.',
  })
  consumption!: ConsumptionType | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'NOT_REVERSIBLE', 'VALIDATION_FAILED'))
  userErrors!: UserError[];

  walletId!: string | null;
}

@Resolver(() => ReverseDayPassConsumptionPayload)
export class ReverseConsumptionResolver {
  @Mutation(() => ReverseDayPassConsumptionPayload, {
    nullable: true,
    description:
      "Reverses a consumption: the agent's access ends at once, and the pass goes back to its lot. Possible within 15 minutes after the consumption, and once per agent and day. Passes whose times overlap count as one day, even if their time zones differ. For account admins with access to the agent portal; an API key needs the scope wallet:write.",
  })
  async reverseDayPassConsumption(
    @Arg('input', () => ReverseDayPassConsumptionInput, {
      description: 'The consumption to reverse, and the reason.',
    })
    input: ReverseDayPassConsumptionInput,
    @Ctx() context: RequestContext,
  ): Promise<ReverseDayPassConsumptionPayload> {
    await context.permissions.require('wallet:write');
    const refused = { consumption: null, walletId: null };
    const invalid = refuseTexts({ reason: [input.reason, 500] });
    if (invalid) return { ...refused, userErrors: [invalid] };
    const outcome = await context.account.ledger.submit({
      kind: 'reverse',
      id: newId(),
      actor: context.caller.actor,
      audit: context.caller.attribution,
      consumptionId: rowIdOrNone('DayPassConsumption', input.consumptionId),
      reason: input.reason,
    });
    if (outcome.status === 'refused') return { ...refused, userErrors: [outcome] };
    const { consumption, wallet } = outcome.result;
    return { consumption: toConsumption(consumption), walletId: wallet.id, userErrors: [] };
  }
}

export const ReverseDayPassConsumptionPayloadResolver = walletOfPayload(
  ReverseDayPassConsumptionPayload,
  'The wallet after the reversal; null if the request was refused.',
);
