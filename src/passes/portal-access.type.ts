import { Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import type { DenialReason } from '../access/gate.rules';
import { defineEnum } from '../api/enum';
import { MoneyType } from '../api/money.type';
import { DateScalar, DateTimeScalar, TimeZoneScalar } from '../api/scalars';

const PortalAccessBasis = defineEnum('PortalAccessBasis', 'Why somebody may come in.', {
  FULL_TIME: 'A full-time agent needs no pass.',
  DAY_PASS: 'A day pass is running.',
});

const PortalAccessDenialReason = defineEnum<DenialReason>(
  'PortalAccessDenialReason',
  'Why somebody may not come in, and no pass would help.',
  {
    WALLET_EMPTY: 'No passes are left; an admin can buy some.',
    WALLET_FROZEN: 'An admin has stopped consumption from the wallet.',
    SESSION_NOT_PERMITTED:
      'A pass is needed, and the account lets no portal session use one: the agent has to sign in.',
    SECTION_NOT_PERMITTED: 'The agent may not use that section.',
    AGENT_NOT_ACTIVE: 'The agent is invited or deactivated.',
    ACCOUNT_CLOSED: 'The operator has closed the account.',
    NOT_AN_AGENT: 'Only agents have an agent portal.',
    TICKET_NOT_FOUND: 'There is no such ticket; nothing is charged for it.',
  },
);

@InterfaceType('PortalAccess', {
  description:
    "The gate's decision. More kinds may be added: a client that does not know one goes by `allowed`.",
  resolveType: (value: { kind: string }) => value.kind,
})
export abstract class PortalAccess {
  @Field(() => Boolean, { description: 'True only for PortalAccessGranted.' })
  allowed!: boolean;

  @Field(() => DateTimeScalar, {
    description:
      "The account's instant of this decision: count down from until - now, not from the device's clock.",
  })
  now!: number;

  kind!: 'PortalAccessGranted' | 'DayPassRequired' | 'PortalAccessDenied';
}

@ObjectType({ implements: PortalAccess, description: 'The agent may come in.' })
export class PortalAccessGranted extends PortalAccess {
  @Field(() => PortalAccessBasis, { description: 'Why.' })
  basis!: keyof typeof PortalAccessBasis;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "When access ends: the pass's expiry. For a full-time agent null, or when the gate of a closed account is shut.",
  })
  until!: number | null;

  declare kind: 'PortalAccessGranted';
  consumptionId!: string | null;
}

@ObjectType({ description: 'What the pop-up shows and what it hands back on Proceed.' })
export class DayPassConfirmation {
  @Field(() => String, {
    description:
      'Hand this to consumeDayPass. Signed, for this agent alone and for the sign-in or portal session that it was shown in, usable once.',
  })
  token!: string;

  @Field(() => DateTimeScalar, {
    description: 'The token is refused after this instant (five minutes at most).',
  })
  expiresAt!: number;

  @Field(() => String, {
    description:
      'The sentence to show the agent before Proceed, in `locale`; the token binds it, so that what is kept as consent is what was shown.',
  })
  notice!: string;

  @Field(() => String, { description: 'The language of the notice, BCP 47.' })
  locale!: string;

  @Field(() => DateScalar, { description: 'The calendar date that the pass would be for.' })
  localDate!: string;

  @Field(() => TimeZoneScalar, { description: "The agent's zone, in which that date ends." })
  timeZone!: string;

  @Field(() => DateTimeScalar, { description: 'When the pass would end.' })
  passExpiresAt!: number;

  @Field(() => String, {
    description:
      'passExpiresAt as the clocks in timeZone show it, with their offset: 2026-03-01T00:00:00.000-07:00. It is the time that the notice says.',
  })
  passExpiresAtLocal!: string;

  @Field(() => Int, { description: 'Passes left in the wallet before this one.' })
  balance!: number;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'The list price of one pass now, without tax; null where none applies.',
  })
  price!: MoneyType | null;

  @Field(() => Boolean, { description: 'Whether the wallet is empty and the allowance is used.' })
  emergency!: boolean;
}

@ObjectType({
  implements: PortalAccess,
  description: 'What the pop-up shows: entering will consume a day pass.',
})
export class DayPassRequired extends PortalAccess {
  @Field(() => DayPassConfirmation, {
    nullable: true,
    description:
      "For the agent's own sign-in or portal session, on a query. Null on a stream, to an API key, to anyone else, and in the last ten seconds of a day: ask viewer.portalAccess when the pop-up opens.",
  })
  confirmation!: DayPassConfirmation | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of the ticket asked for, and no more of it: the rest is gated.',
  })
  ticketNumber!: number | null;

  declare kind: 'DayPassRequired';
  walletId!: string;
  /** Whether the pass would be taken below zero. */
  emergency!: boolean;
}

@ObjectType({ implements: PortalAccess, description: 'The agent may not come in.' })
export class PortalAccessDenied extends PortalAccess {
  @Field(() => PortalAccessDenialReason, { description: 'Why not.' })
  reason!: DenialReason;

  @Field(() => String, { description: 'The reason in words for the person, in `locale`.' })
  message!: string;

  declare kind: 'PortalAccessDenied';
}
