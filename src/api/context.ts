import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import type { Authenticator } from '../access/authenticate';
import type { Principal } from '../access/principal';
import { requireRight, type Right } from '../access/rights';
import { loadStanding, type Standing } from '../access/standing';
import { DomainError } from '../core/domain-error';
import type { Log } from '../core/log';
import { AccountScope } from '../db/account-scope';
import type { DatabaseClock } from '../db/database-clock';
import type { HintCarrier } from '../db/hints';
import type { Secrets } from '../db/secrets';
import type { LedgerWriter } from '../ledger/account-writer';
import type { Actor } from '../ledger/ledger';

/** What `main.ts` builds once and every request uses. */
export interface Services {
  source: DataSource;
  clock: DatabaseClock;
  authenticator: Authenticator;
  ledger: LedgerWriter;
  hints: HintCarrier;
  secrets: Secrets;
  log: Log;
}

/** Reads many rows of one account by key; answers in the keys' order, null where there is none. */
export type LoadMany<Key, Row> = (
  scope: AccountScope,
  keys: readonly Key[],
) => Promise<(Row | null)[]>;

/** One request's surroundings. Resolvers are stateless and reach everything through it. */
export class RequestContext {
  private readonly loaders = new Map<unknown, DataLoader<unknown, unknown>>();
  private accountNowRead: Promise<number> | undefined;
  private standingRead: Promise<Standing | null> | undefined;

  constructor(
    readonly services: Services,
    readonly principal: Principal | null,
    readonly requestId: string,
  ) {}

  /** Who asks; throws UNAUTHENTICATED where no credential came. */
  get viewer(): Principal {
    if (this.principal) return this.principal;
    throw new DomainError('UNAUTHENTICATED', 'This needs a bearer in the Authorization header.');
  }

  /** Who the journal says it was; null for a contact, who changes nothing. */
  get actor(): Actor | null {
    const { agentId } = this.viewer;
    return agentId ? { kind: 'AGENT', id: agentId } : null;
  }

  /** Reads within the viewer's account. */
  get scope(): AccountScope {
    return new AccountScope(this.services.source, this.viewer.accountId);
  }

  /**
   * The account's present instant, one for the whole request: the estimate of the database's clock,
   * plus the test clock's offset in a sandbox.
   */
  accountNowMs(): Promise<number> {
    this.accountNowRead ??= this.scope
      .accounts()
      .then(([account]) => this.services.clock.nowMs() + (account?.testClockOffsetMs ?? 0));
    return this.accountNowRead;
  }

  /** The agent who asks, as it stands at this request; null for a contact. Read once. */
  standing(): Promise<Standing | null> {
    const { agentId } = this.viewer;
    this.standingRead ??= agentId ? loadStanding(this.scope, agentId) : Promise.resolve(null);
    return this.standingRead;
  }

  /** Throws FORBIDDEN or DAY_PASS_REQUIRED where whoever asks has not the right, or is not in. */
  async require(right: Right): Promise<void> {
    requireRight(right, await this.standing(), await this.accountNowMs());
  }

  get log(): Log {
    return this.services.log.child({ requestId: this.requestId });
  }

  /** One row by key: batched with its neighbours in the response, read once a request. */
  load<Key, Row>(loadMany: LoadMany<Key, Row>, key: Key): Promise<Row | null> {
    return this.loaderOf(loadMany).load(key);
  }

  /** One row by a key that a row of ours holds: a foreign key says that it is there. */
  async loadExisting<Key, Row>(loadMany: LoadMany<Key, Row>, key: Key): Promise<Row> {
    const row = await this.load(loadMany, key);
    if (row === null) throw new Error(`The row ${String(key)} is gone.`);
    return row;
  }

  /** Puts a row that is known already before `load` asks for it. */
  prime<Key, Row>(loadMany: LoadMany<Key, Row>, key: Key, row: Row): void {
    this.loaderOf(loadMany).clear(key).prime(key, row);
  }

  private loaderOf<Key, Row>(loadMany: LoadMany<Key, Row>): DataLoader<Key, Row | null> {
    let loader = this.loaders.get(loadMany) as DataLoader<Key, Row | null> | undefined;
    if (!loader) {
      loader = new DataLoader<Key, Row | null>((keys) => loadMany(this.scope, keys));
      this.loaders.set(loadMany, loader as DataLoader<unknown, unknown>);
    }
    return loader;
  }
}
