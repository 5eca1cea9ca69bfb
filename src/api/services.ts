import type { DataSource } from 'typeorm';
import type { AccountWatches } from '../access/account-watches';
import type { Authenticator } from '../access/authenticate';
import type { ProviderSignIn } from '../access/provider-sign-in';
import type { Limits } from '../core/limits';
import type { OutboundRules } from '../core/outbound';
import type { Log } from '../core/log';
import type { DatabaseClock } from '../db/database-clock';
import type { HintCarrier } from '../db/hints';
import type { Secrets } from '../db/secrets';
import type { LedgerWriter } from '../ledger/ledger-writer';
import type { CallLimit } from './call-limit';
import type { SharedReads } from './shared-reads';

/** What `service.ts` builds once and every request uses. */
export interface Services {
  source: DataSource;
  /** Connections that only sign-in, gate questions and consumption use. */
  reserved: DataSource;
  clock: DatabaseClock;
  authenticator: Authenticator;
  signIn: ProviderSignIn;
  /** Where an identity provider may be. */
  fetchRules: OutboundRules;
  /** Where webhooks may be sent. */
  webhookRules: OutboundRules;
  /** Where notice channels may be; `hosts`: besides those of Slack and Teams. */
  channelRules: OutboundRules & { hosts: readonly string[] };
  ledger: LedgerWriter;
  hints: HintCarrier;
  watches: AccountWatches;
  secrets: Secrets;
  /** Joins what several requests read at one moment. */
  reads: SharedReads;
  /** How often fields that need a limit of their own are called. */
  calls: CallLimit;
  limits: Limits;
  log: Log;
  /** Where people reach the service; known when it listens. */
  address: { publicUrl: string };
}
