import { Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import type { DenialReason } from '../../access/gate.rules';
import { defineEnum } from '../../api/enum';
import { MoneyType } from '../../api/money.type';
import { DateScalar, DateTimeScalar, TimeZoneScalar } from '../../api/scalars';

const PortalAccessBasis = defineEnum('PortalAccessBasis', 'Why an agent has access.', {
  FULL_TIME: 'The agent is full-time and needs no pass.',
  DAY_PASS: 'The agent has an active day pass.',
});

const PortalAccessDenialReason = defineEnum<DenialReason>(
  'PortalAccessDenialReason',
  'Why a person has no access. A pass would not help.',
  {
    WALLET_EMPTY: 'The wallet has no passes left. An account admin can buy more.',
    WALLET_FROZEN: 'An account admin has frozen the wallet: no pass can be consumed from it.',
    SESSION_NOT_PERMITTED:
      'The account does not permit day passes in portal sessions. The agent has to sign in.',
    SECTION_NOT_PERMITTED: 'The agent may not use that section.',
    AGENT_NOT_ACTIVE: 'The agent is invited or deactivated.',
    ACCOUNT_CLOSED: 'The operator has closed the account.',
    NOT_AN_AGENT: 'The caller is not an agent. Only agents can enter the agent portal.',
    TICKET_NOT_FOUND: 'The account has no such ticket. No pass is consumed.',
  },
);

@InterfaceType('PortalAccess', {
  description:
    'The decision of the gate: whether the agent may enter the agent portal now. A full-time agent has access; an occasional agent has access while a day pass is active. More kinds may be added: if a client does not know a kind, it should rely on `allowed`.',
  resolveType: (value: { kind: string }) => value.kind,
})
export abstract class PortalAccess {
  @Field(() => Boolean, {
    description: 'Whether the agent has access. True only for PortalAccessGranted.',
  })
  allowed!: boolean;

  @Field(() => DateTimeScalar, {
    description:
      "When the decision was made, by the account's clock. For a countdown, use until minus now, not the device's clock.",
  })
  now!: number;

  kind!: 'PortalAccessGranted' | 'DayPassRequired' | 'PortalAccessDenied';
}

@ObjectType({ implements: PortalAccess, description: 'The agent has access.' })
export class PortalAccessGranted extends PortalAccess {
  @Field(() => PortalAccessBasis, { description: 'Why the agent has access.' })
  basis!: keyof typeof PortalAccessBasis;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When access ends: the end of the pass. For a full-time agent null, or the instant at which access to a closed account ends.',
  })
  until!: number | null;

  declare kind: 'PortalAccessGranted';
  consumptionId!: string | null;
}

@ObjectType({
  description:
    'The confirmation to show to the agent before a day pass is used. If the agent chooses Proceed, pass its token to consumeDayPass.',
})
export class DayPassConfirmation {
  @Field(() => String, {
    description:
      'The token for consumeDayPass. It is signed, works once, and only for this agent in the sign-in or portal session that it was issued in.',
  })
  token!: string;

  @Field(() => DateTimeScalar, {
    description: 'When the token expires: at most five minutes after it was issued.',
  })
  expiresAt!: number;

  @Field(() => String, {
    description:
      'The sentence to show to the agent before Proceed, in `locale`. The token is bound to it, so the consent is kept exactly as it was shown.',
  })
  notice!: string;

  @Field(() => String, { description: 'The language of the notice, BCP 47.' })
  locale!: string;

  @Field(() => DateScalar, {
    description: 'The calendar date in timeZone for which the pass would be consumed.',
  })
  localDate!: string;

  @Field(() => TimeZoneScalar, {
    description: "The agent's time zone, in which the pass ends at midnight.",
  })
  timeZone!: string;

  @Field(() => DateTimeScalar, { description: 'When the pass would end.' })
  passExpiresAt!: number;

  @Field(() => String, {
    description:
      'passExpiresAt as local time in timeZone, with the offset from UTC: 2026-03-01T00:00:00.000-07:00. The notice shows this time.',
  })
  passExpiresAtLocal!: string;

  @Field(() => Int, { description: 'The balance of the wallet before this pass is taken.' })
  balance!: number;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'The list price of one pass now, without tax; null if no price applies.',
  })
  price!: MoneyType | null;

  @Field(() => Boolean, {
    description:
      'Whether the wallet is empty, so that the pass would be taken under its emergencyAllowance.',
  })
  emergency!: boolean;
}

@ObjectType({
  implements: PortalAccess,
  description: 'The agent has no access yet: entering the agent portal will use a day pass.',
})
export class DayPassRequired extends PortalAccess {
  @Field(() => DayPassConfirmation, {
    nullable: true,
    description:
      "The confirmation to show to the agent. Only in the answer to a query by the agent's own sign-in or portal session. Null on a stream, for an API key and for any other caller, and in the last ten seconds of a day. Ask viewer.portalAccess when the pop-up opens.",
  })
  confirmation!: DayPassConfirmation | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The number of the ticket that was asked for; null if none was. Other fields of the ticket need access.',
  })
  ticketNumber!: number | null;

  declare kind: 'DayPassRequired';
  walletId!: string;
  /** Whether the pass would be taken below zero. */
  emergency!: boolean;
}

@ObjectType({
  implements: PortalAccess,
  description: 'The agent has no access, and a pass would not help.',
})
export class PortalAccessDenied extends PortalAccess {
  @Field(() => PortalAccessDenialReason, { description: 'Why the agent has no access.' })
  reason!: DenialReason;

  @Field(() => String, { description: 'The reason in words for the person, in `locale`.' })
  message!: string;

  declare kind: 'PortalAccessDenied';
}
