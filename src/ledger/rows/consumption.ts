import {
  boolean,
  date,
  group,
  instant,
  integer,
  nullable,
  RowCodec,
  text,
  uuid,
  type RowOf,
} from './codec';
import { money } from './money';

export type DayPassSource = 'PORTAL' | 'TICKET' | 'API_KEY';

/** What a person agreed to, word for word. */
const consent = {
  notice: text('consent_notice'),
  locale: text('consent_locale'),
  atMs: instant('consent_at'),
  /** The service key whose portal session it was; null for the agent's own sign-in. */
  sessionKeyId: nullable(uuid('session_key_id')),
};

export const consumptionRow = new RowCodec('consumptions', {
  id: uuid('id'),
  agentId: uuid('agent_id'),
  walletId: uuid('wallet_id'),
  /** Null for an emergency pass: it came from no lot. */
  lotId: nullable(uuid('lot_id')),
  ticketId: nullable(uuid('ticket_id')),
  clientId: nullable(uuid('client_id')),
  source: text<DayPassSource>('source'),
  confirmationId: uuid('confirmation_id'),
  /** The entry that recorded it. */
  sequence: integer('sequence'),
  timeZone: text('time_zone'),
  utcOffsetMinutes: integer('utc_offset_minutes'),
  tzdataVersion: text('tzdata_version'),
  /** YYYY-MM-DD in `timeZone`. */
  localDate: date('local_date'),
  startsAtMs: instant('starts_at'),
  expiresAtMs: instant('expires_at'),
  reversedAtMs: nullable(instant('reversed_at')),
  emergency: boolean('emergency'),
  price: nullable(money('price_minor', 'price_currency')),
  /** Null if a key consumed the pass: a key cannot give a person's consent. */
  consent: nullable(group(consent)),
});

/** The record that a pass was used. Of it only `reversedAtMs` is ever set. */
export type Consumption = RowOf<typeof consumptionRow>;
export type Consent = NonNullable<Consumption['consent']>;
