import { LRUCache } from 'lru-cache';
import { DomainError } from '../core/domain-error';

/** Names that strangers invent never use more connections than this. */
const statementsMax = 2;
const namesPerStatement = 200;
/** Names from an address that failed too often are gathered this long, and looked up together. */
const heldMs = 100;
/** If a process gets more than this at one moment, it refuses requests for other reasons already. */
const waitingMax = 10_000;
const missingMax = 10_000;

interface Asked<Found> {
  answer: Promise<Found | null>;
  resolve(found: Found | null): void;
  reject(error: unknown): void;
}

/**
 * Looks up what a credential or the address of a page names, before a principal is known: anybody
 * can invent such names. Names of one moment share a statement, few statements run at once, and
 * names that do not exist are remembered for a while. A valid name is found among any number of
 * invented ones.
 */
export class Lookups<Found> {
  private readonly waiting = new Map<string, Asked<Found>>();
  private readonly held = new Map<string, Asked<Found>>();
  private readonly missing: LRUCache<string, true>;
  private running = 0;
  private timer: NodeJS.Timeout | undefined;
  /** Counts what was forgotten: a read that began before is not remembered. */
  private forgotten = 0;

  constructor(
    private readonly options: {
      /** Finds many at once; a name that is not in the answer does not exist. */
      find(names: readonly string[]): Promise<ReadonlyMap<string, Found>>;
      /** How long a name that does not exist is remembered. */
      missingMs: number;
    },
  ) {
    this.missing = new LRUCache({ max: missingMax, ttl: options.missingMs });
  }

  /**
   * Null: it does not exist. `isHeld`: may wait for others. A read that began before the question
   * never answers it.
   */
  async find(name: string, isHeld = false): Promise<Found | null> {
    if (this.missing.get(name)) return null;
    const queue = isHeld ? this.held : this.waiting;
    let asked = this.waiting.get(name) ?? queue.get(name);
    if (!asked) {
      if (this.waiting.size + this.held.size >= waitingMax) {
        const message = 'Too many credentials are being checked. Try again in a moment.';
        throw new DomainError('SERVICE_UNAVAILABLE', message);
      }
      asked = deferred<Found>();
      queue.set(name, asked);
      if (isHeld) this.timer ??= setTimeout(() => this.release(), heldMs).unref();
      else this.pump();
    }
    return asked.answer;
  }

  /** The name may exist now; 'any' stands for every name. */
  forgetMissing(name: string): void {
    this.forgotten += 1;
    if (name === 'any') this.missing.clear();
    else this.missing.delete(name);
  }

  private release(): void {
    this.timer = undefined;
    for (const [name, asked] of this.held) {
      const twin = this.waiting.get(name);
      if (twin) twin.answer.then(asked.resolve, asked.reject);
      else this.waiting.set(name, asked);
    }
    this.held.clear();
    this.pump();
  }

  private pump(): void {
    while (this.running < statementsMax && this.waiting.size > 0) {
      this.running += 1;
      void this.run().finally(() => {
        this.running -= 1;
        this.pump();
      });
    }
  }

  private async run(): Promise<void> {
    const batch = [...this.waiting].slice(0, namesPerStatement);
    for (const [name] of batch) this.waiting.delete(name);
    const { forgotten } = this;
    try {
      const found = await this.options.find(batch.map(([name]) => name));
      for (const [name, asked] of batch) {
        const one = found.get(name) ?? null;
        if (one === null && forgotten === this.forgotten) this.missing.set(name, true);
        asked.resolve(one);
      }
    } catch (error) {
      for (const [, asked] of batch) asked.reject(error);
    }
  }
}

function deferred<Found>(): Asked<Found> {
  const asked = {} as Asked<Found>;
  asked.answer = new Promise((resolve, reject) => Object.assign(asked, { resolve, reject }));
  return asked;
}
