import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../../api/connection';
import type { RequestContext } from '../../api/context';
import { defineEnum } from '../../api/enum';
import { Guarded } from '../../api/guard';
import { MoneyType, toMoney } from '../../api/money.type';
import { Node, nodeId } from '../../api/node';
import { DateScalar, DateTimeScalar, TimeZoneScalar } from '../../api/scalars';
import { whenThere } from '../../core/when-there';
import type { Consumption, Money } from '../../ledger/model/ledger';
import type { ListedConsumption } from './consumption.queries';

export const DayPassSource = defineEnum('DayPassSource', 'How the agent came to use the pass.', {
  PORTAL: 'The agent entered the agent portal.',
  TICKET: 'The agent opened a ticket.',
  API_KEY: 'An API key of the agent made a request that needs access. No person was asked.',
});

export const DayPassStatus = defineEnum('DayPassStatus', 'The state of a consumed pass.', {
  ACTIVE: 'The pass gives the agent access now.',
  EXPIRED: 'The day of the pass is over.',
  REVERSED: 'An admin reversed the consumption; the pass is back in its lot.',
});

@ObjectType('DayPassConsent', { description: 'The consent of an agent to use a day pass.' })
export class ConsentType {
  @Field(() => String, {
    description: 'The sentence that was shown to the agent before Proceed, word for word.',
  })
  notice!: string;

  @Field(() => String, { description: 'The language of the notice, BCP 47.' })
  locale!: string;

  @Field(() => DateTimeScalar, { description: 'When the agent chose Proceed.' })
  confirmedAt!: number;

  @Field(() => MoneyType, {
    nullable: true,
    description:
      'The list price of one pass that was shown, without tax; null if no price applied. What was paid for the pass is in `DayPassConsumption.paid`.',
  })
  price!: MoneyType | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The id of the service key whose portal session the agent used; in that case the service has only the partner's word for the consent. Null if the agent signed in. Every reader of the consumption may read it.",
  })
  sessionKeyId!: string | null;

  sessionKeyRowId!: string | null;
}

@Guarded<ConsumptionType>(requireOwnOrPasses)
@ObjectType('DayPassConsumption', {
  implements: Node,
  description:
    'The record of a used day pass: by whom, when, in which time zone, until when, and with which consent. Agents may read their own; other people need the role ACCOUNT_ADMIN and access to the agent portal, and API keys the scope journal:read or agents:read.',
})
export class ConsumptionType implements Node {
  @Field(() => ID, { description: 'The opaque id of this consumption.' })
  id!: string;

  @Field(() => DayPassSource, { description: 'How the agent came to use the pass.' })
  source!: Consumption['source'];

  @Field(() => DateScalar, {
    description: 'The calendar date in timeZone for which the pass was consumed.',
  })
  localDate!: string;

  @Field(() => TimeZoneScalar, {
    description: "The agent's time zone when the pass was consumed. It never changes afterwards.",
  })
  timeZone!: string;

  @Field(() => DateTimeScalar, { description: 'When the pass was consumed.' })
  startsAt!: number;

  @Field(() => DateTimeScalar, {
    description:
      'When the pass ends: the first instant at which the local date in timeZone is later than localDate.',
  })
  expiresAt!: number;

  @Field(() => Boolean, {
    description:
      "Whether the pass was taken below a balance of zero, under the wallet's emergencyAllowance.",
  })
  emergency!: boolean;

  @Field(() => ConsentType, {
    nullable: true,
    description: 'The consent of the agent; null if no person was asked (source API_KEY).',
  })
  consent!: ConsentType | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When an admin reversed the consumption; null if it was not reversed.',
  })
  reversedAt!: number | null;

  /** The ledger's own form, for the field resolvers. */
  row!: ReadConsumption;
}

/** A consumption, with what was paid for it if a list has read that with it. */
export type ReadConsumption = ListedConsumption & { paid?: Money | null };

export function toConsumption(row: ReadConsumption): ConsumptionType {
  const { source, localDate, timeZone, emergency, consent } = row;
  // A static member, because type-graphql would otherwise create it again for each field resolver
  // of each object.
  return Object.assign(new ConsumptionType(), {
    id: nodeId('DayPassConsumption', row.id),
    source,
    localDate,
    timeZone,
    startsAt: row.startsAtMs,
    expiresAt: row.expiresAtMs,
    emergency,
    reversedAt: row.reversedAtMs,
    // Undefined only if a list has not read it, because no field selects it.
    consent:
      consent == null
        ? null
        : {
            notice: consent.notice,
            locale: consent.locale,
            confirmedAt: consent.atMs,
            price: row.price ? toMoney(row.price) : null,
            sessionKeyId: consent.sessionKeyId && nodeId('ApiKey', consent.sessionKeyId),
            sessionKeyRowId: consent.sessionKeyId,
          },
    row,
  });
}

/** The status of a consumption at an instant: it follows from its two times. */
export function statusOf(row: ListedConsumption, nowMs: number): keyof typeof DayPassStatus {
  if (row.reversedAtMs !== null) return 'REVERSED';
  return nowMs < row.expiresAtMs ? 'ACTIVE' : 'EXPIRED';
}

export const ConsumptionConnection = connectionTypeOf(
  'DayPassConsumption',
  () => ConsumptionType,
  'A page of a list of consumptions: newest first, unless orderBy is given.',
);

/**
 * An agent may read its own passes; those of others need a permission for them or for the journal.
 */
function requireOwnOrPasses(
  context: RequestContext,
  { row }: ConsumptionType,
): void | Promise<void> {
  if (context.caller.isViewer(row.agentId)) return;
  const { permissions } = context;
  return whenThere(permissions.has('journal:read'), (mayReadAll) =>
    mayReadAll ? undefined : permissions.require('passes:read'),
  );
}
