import { Field, ObjectType } from 'type-graphql';
import type { RefusalCode } from '../core/domain-error';
import { defineEnum } from './enum';

export const UserErrorCode = defineEnum<RefusalCode>(
  'UserErrorCode',
  'The rule that was broken. Codes may be added at any time: handle unknown codes too.',
  {
    CONFIRMATION_INVALID:
      'The confirmation token is forged or malformed, belongs to another agent, or was issued in another session.',
    CONFIRMATION_EXPIRED: 'The confirmation token has expired. Ask the gate again.',
    CONFIRMATION_STALE:
      'Something has changed since the confirmation was shown. Ask the gate again and show the new confirmation.',
    WALLET_EMPTY: 'The wallet has no passes left.',
    WALLET_FROZEN: 'The wallet is frozen: no pass can be consumed from it now.',
    PASS_ALREADY_ACTIVE: 'The agent already has an active pass. No second pass is consumed.',
    PASS_NOT_NEEDED: 'The agent is full-time and needs no pass.',
    AGENT_NOT_ACTIVE: 'The agent is invited or deactivated, not active.',
    SECTION_NOT_PERMITTED: 'The agent may not use this section.',
    SESSION_NOT_PERMITTED:
      'The account does not permit day passes in portal sessions. The agent has to sign in.',
    LAST_ADMIN: 'The account must keep at least one active full-time account admin.',
    EMAIL_TAKEN: 'Another agent of the account has this e-mail address.',
    ACTIVATION_INVALID:
      'The activation link is unknown or has expired, or belongs to another account.',
    IDEMPOTENCY_KEY_REUSED: 'The idempotency key was used before with another input.',
    PRICE_CHANGED: 'The total is not the expected one. Show the new total and ask again.',
    QUANTITY_OUT_OF_RANGE:
      'The quantity is not between 1 and 1,000,000, or the wallet would hold too many passes.',
    NOT_REVERSIBLE:
      'The time for a reversal is over, or a pass of the same day was already reversed.',
    NOT_DELETABLE:
      'Only an agent who is INVITED and has no ticket, pass, key or journal entry can be deleted. Deactivate the agent instead.',
    LIMIT_REACHED: 'The account has reached the maximum number of these objects.',
    URL_NOT_ALLOWED:
      'Nothing may be sent to this URL: it is not https, names a private address, or contains credentials.',
    ROTATION_OPEN: 'The previous secret still signs. Only two secrets can be valid at once.',
    NOT_IN_FRONT: 'The event is not the one that is delivered next.',
    NOT_FOUND: 'The account has no object with this id.',
    VALIDATION_FAILED: 'A value is not valid; `field` names it.',
    SANDBOX_ONLY: 'Only a sandbox account has a test clock.',
    NOT_PERMITTED: 'The operator of the service does not permit this in this account.',
    CREDIT_LIMIT: 'With the order, more would be open than the credit limit allows.',
    ACCOUNT_ON_HOLD: 'The operator takes no orders on terms from the account now.',
    PAYMENT_METHOD_MISSING: 'The account cannot pay in the chosen way.',
    NOT_CANCELABLE: 'The passes of the order are in the wallet, or money has come for it.',
    ACCOUNT_CLOSED: 'The operator has closed the account. No more passes can be consumed.',
  },
);

@ObjectType({
  description:
    'An expected refusal. Faults of the request or the server are in the `errors` of the response instead.',
})
export class UserError {
  @Field(() => UserErrorCode, { description: 'The rule that was broken.' })
  code!: RefusalCode;

  @Field(() => String, { description: 'What is wrong and what to do, in English, for developers.' })
  message!: string;

  @Field(() => [String], {
    nullable: true,
    description:
      'The path of the input field at fault, e.g. ["clients", "3", "name"]; null if no single field is at fault.',
  })
  field!: readonly string[] | null;
}

/** The description of a payload's `userErrors`, with the codes that it can carry. */
export function userErrorsOf(...codes: RefusalCode[]): { description: string } {
  return {
    description: `Why the request was refused; empty if it was not. Codes: ${codes.join(', ')}.`,
  };
}
