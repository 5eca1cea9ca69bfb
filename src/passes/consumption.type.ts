import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../api/connection';
import type { RequestContext } from '../api/context';
import { defineEnum } from '../api/enum';
import { Guarded } from '../api/guard';
import { MoneyType, toMoney } from '../api/money.type';
import { Node, nodeId } from '../api/node';
import { DateScalar, DateTimeScalar, TimeZoneScalar } from '../api/scalars';
import type { Consumption } from '../ledger/model/ledger';

export const DayPassSource = defineEnum('DayPassSource', 'What the agent came in by.', {
  PORTAL: 'The agent switched to the agent portal.',
  TICKET: 'The agent opened a ticket.',
  API_KEY: 'An API key of the agent touched gated data; no person was asked.',
});

export const DayPassStatus = defineEnum('DayPassStatus', 'Where a consumed pass stands.', {
  ACTIVE: 'It lets the agent in now.',
  EXPIRED: 'Its day is over.',
  REVERSED: 'An admin took it back; the pass is in its lot again.',
});

@ObjectType('DayPassConsent', { description: 'What an agent agreed to, word for word.' })
export class ConsentType {
  @Field(() => String, { description: 'The sentence that was shown before Proceed.' })
  notice!: string;

  @Field(() => String, { description: 'The language it was shown in, BCP 47.' })
  locale!: string;

  @Field(() => DateTimeScalar, { description: 'When the agent proceeded.' })
  confirmedAt!: number;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'The price that was shown, without tax; null where none applied.',
  })
  price!: MoneyType | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The id of the service key in whose portal session it was agreed to: the consent is then that partner's word. Null if the agent signed in. It can be read wherever the consumption can.",
  })
  sessionKeyId!: string | null;

  sessionKeyRowId!: string | null;
}

@Guarded<ConsumptionType>(requireOwnOrPasses)
@ObjectType('DayPassConsumption', {
  implements: Node,
  description: 'The record that a day pass was used: who, when, in which zone, until when.',
})
export class ConsumptionType implements Node {
  @Field(() => ID, { description: 'The opaque id of this consumption.' })
  id!: string;

  @Field(() => DayPassSource, { description: 'What the agent came in by.' })
  source!: Consumption['source'];

  @Field(() => DateScalar, {
    description: 'The calendar date, in timeZone, that this pass was consumed for.',
  })
  localDate!: string;

  @Field(() => TimeZoneScalar, {
    description: "The agent's zone when the pass was consumed. It never changes afterwards.",
  })
  timeZone!: string;

  @Field(() => DateTimeScalar, { description: 'When the pass was consumed.' })
  startsAt!: number;

  @Field(() => DateTimeScalar, {
    description: 'The first instant whose local date in timeZone is later than localDate.',
  })
  expiresAt!: number;

  @Field(() => Boolean, { description: 'Whether it was taken below zero, by the allowance.' })
  emergency!: boolean;

  @Field(() => ConsentType, {
    nullable: true,
    description:
      'What the agent agreed to, word for word. Null where no person was asked (API_KEY).',
  })
  consent!: ConsentType | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When an admin reversed it.' })
  reversedAt!: number | null;

  /** The ledger's own form: what field resolvers look things up by. */
  row!: Consumption;
}

export function toConsumption(row: Consumption): ConsumptionType {
  const { source, localDate, timeZone, emergency, consent } = row;
  // Of the class, as type-graphql would else make it anew for each field resolver of each object.
  return Object.assign(new ConsumptionType(), {
    id: nodeId('DayPassConsumption', row.id),
    source,
    localDate,
    timeZone,
    startsAt: row.startsAtMs,
    expiresAt: row.expiresAtMs,
    emergency,
    reversedAt: row.reversedAtMs,
    consent: consent && {
      notice: consent.notice,
      locale: consent.locale,
      confirmedAt: consent.atMs,
      price: row.price && toMoney(row.price),
      sessionKeyId: consent.sessionKeyId && nodeId('ApiKey', consent.sessionKeyId),
      sessionKeyRowId: consent.sessionKeyId,
    },
    row,
  });
}

/** Where a consumption stands at an instant: it follows from its two times. */
export function statusOf(row: Consumption, nowMs: number): keyof typeof DayPassStatus {
  if (row.reversedAtMs !== null) return 'REVERSED';
  return nowMs < row.expiresAtMs ? 'ACTIVE' : 'EXPIRED';
}

export const ConsumptionConnection = connectionTypeOf(
  'DayPassConsumption',
  () => ConsumptionType,
  'Consumptions: the newest first, unless orderBy says otherwise.',
);

/** One's own passes are anyone's to read; those of others are for who reads them or the journal. */
async function requireOwnOrPasses(context: RequestContext, { row }: ConsumptionType) {
  if (context.isViewer(row.agentId)) return;
  if (!(await context.has('journal:read'))) await context.require('passes:read');
}
