import { Field, ObjectType } from 'type-graphql';
import type { RefusalCode } from '../core/domain-error';
import { defineEnum } from './enum';

export const UserErrorCode = defineEnum<RefusalCode>(
  'UserErrorCode',
  'The rule that was broken. Codes may be added: have a default branch.',
  {
    CONFIRMATION_INVALID:
      'The token is forged, malformed, not for this agent, or was shown in another session.',
    CONFIRMATION_EXPIRED: 'The token has ended; ask the gate again.',
    CONFIRMATION_STALE: 'What was confirmed is not what would happen now; ask the gate again.',
    WALLET_EMPTY: 'No passes are left.',
    WALLET_FROZEN: 'Nothing may be consumed from the wallet now.',
    PASS_ALREADY_ACTIVE: 'A pass of this agent is running: no second one is taken.',
    PASS_NOT_NEEDED: 'A full-time agent needs no pass.',
    AGENT_NOT_ACTIVE: 'The agent is invited or deactivated.',
    SECTION_NOT_PERMITTED: 'The agent may not use that section.',
    SESSION_NOT_PERMITTED:
      'The account lets no portal session use day passes: the agent has to sign in.',
    LAST_ADMIN: 'One active full-time account admin must remain.',
    EMAIL_TAKEN: 'Another agent of the account has that address.',
    ACTIVATION_INVALID: 'The activation link is unknown, has ended or is not for this account.',
    IDEMPOTENCY_KEY_REUSED: 'The idempotency key came before with another input.',
    PRICE_CHANGED: 'The total is not what was expected; show the new one.',
    QUANTITY_OUT_OF_RANGE: 'The quantity is not 1 to 1,000,000, or the wallet would hold too many.',
    NOT_REVERSIBLE: 'It is too late, or a pass of that day was reversed before.',
    NOT_DELETABLE:
      'Only an agent who is invited and whom nothing names can be deleted; deactivate the agent instead.',
    LIMIT_REACHED: 'The account has as many of them as it may have.',
    NOT_FOUND: 'There is nothing of that id in the account.',
    VALIDATION_FAILED: 'A value is not as it must be; `field` names it.',
    SANDBOX_ONLY: 'Only a sandbox account has a test clock.',
    NOT_PERMITTED: 'The operator of the service does not permit it in this account.',
    ACCOUNT_CLOSED: 'The operator has closed the account: no more passes can be used.',
  },
);

@ObjectType({
  description:
    "An expected refusal. Faults of the request or the server are in the response's errors instead.",
})
export class UserError {
  @Field(() => UserErrorCode, { description: 'The rule that was broken.' })
  code!: RefusalCode;

  @Field(() => String, { description: 'What is wrong, in English, for developers.' })
  message!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'The path of the input at fault, e.g. ["clients", "3", "name"].',
  })
  field!: readonly string[] | null;
}

/** The description of a payload's `userErrors`, with the codes that it can carry. */
export function userErrorsOf(...codes: RefusalCode[]): { description: string } {
  return { description: `Why it was refused; empty where it was not. Codes: ${codes.join(', ')}.` };
}
