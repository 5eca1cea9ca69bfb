import { Duration } from 'luxon';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { DateTimeScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import { accountOf } from './account.resolver';
import { AccountType } from './account.type';
import { advanceTestClock } from './advance-test-clock';

@InputType({ description: 'How far to move the clock: give exactly one of `by` and `to`.' })
class AdvanceTestClockInput {
  @Field(() => String, {
    nullable: true,
    description:
      'An ISO 8601 duration, e.g. PT6H. If the request is sent twice, the clock moves twice.',
  })
  by?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'An instant that is not before Account.now, or the target of the last move. If the request is sent twice, the clock moves once, and the second answer has the account as it is then.',
  })
  to?: number | null;
}

@ObjectType({ description: 'The result of moving the clock.' })
class AdvanceTestClockPayload {
  @Field(() => AccountType, {
    nullable: true,
    description: 'The account at its new time; null if the request was refused.',
  })
  account!: AccountType | null;

  @Field(() => [UserError], userErrorsOf('SANDBOX_ONLY', 'VALIDATION_FAILED'))
  userErrors!: UserError[];
}

@Resolver(() => AdvanceTestClockPayload)
export class AdvanceTestClockResolver {
  @Mutation(() => AdvanceTestClockPayload, {
    nullable: true,
    description:
      "Sandbox accounts only: moves the account's clock forward by at most one year, and processes everything that falls due on the way. Answers when the clock is there. For account admins with access to the agent portal; API keys cannot call it.",
  })
  async advanceTestClock(
    @Arg('input', () => AdvanceTestClockInput, { description: 'How far to move the clock.' })
    { by, to }: AdvanceTestClockInput,
    @Ctx() context: RequestContext,
  ): Promise<AdvanceTestClockPayload> {
    await context.permissions.require('account:write');
    const byMs = by == null ? null : durationMs(by);
    if ((by == null) === (to == null)) return refuse('Give exactly one of `by` and `to`.', ['by']);
    if (by != null && byMs === null)
      return refuse('`by` must be an ISO 8601 duration such as PT6H.', ['by']);

    const target = byMs !== null ? { byMs } : { toMs: to! };
    const refusal = await advanceTestClock(context.account.ledger, target, {
      audit: context.caller.attribution,
    });
    if (refusal) return { account: null, userErrors: [refusal] };
    context.renew();
    return { account: await accountOf(context), userErrors: [] };
  }
}

function refuse(message: string, field: string[]): AdvanceTestClockPayload {
  return { account: null, userErrors: [{ code: 'VALIDATION_FAILED', message, field }] };
}

/** ISO 8601, at least one part; luxon itself accepts `P` and signs on single parts. */
const isoDuration =
  /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+([.,]\d{1,9})?S)?)?$/;

/** Milliseconds of an ISO 8601 duration; null if the text is not one. */
function durationMs(text: string): number | null {
  const duration = text.length <= 50 && isoDuration.test(text) ? Duration.fromISO(text) : null;
  const ms = duration?.isValid ? Math.round(duration.toMillis()) : NaN;
  return Number.isSafeInteger(ms) ? ms : null;
}
