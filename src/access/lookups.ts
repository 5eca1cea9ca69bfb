import { LRUCache } from 'lru-cache';
import { DomainError } from '../core/domain-error';

/** Names that strangers make up never take more connections than this. */
const statementsMax = 2;
const namesPerStatement = 200;
/** Names from an address that failed too often are gathered this long, and looked up together. */
const heldMs = 100;
/** A process that is asked for more at one moment is refusing requests for other reasons already. */
const waitingMax = 10_000;
const missingMax = 10_000;

interface Asked<Found> {
  answer: Promise<Found | null>;
  resolve(found: Found | null): void;
  reject(error: unknown): void;
}

/**
 * Looks up what a credential or an address of a page names, before anybody is known: anybody can make
 * up such names. Names that are asked for at one moment share a statement, few statements run at once,
 * and what is not there is remembered for a while. A good name is found also among many bad ones.
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
      /** Finds many at once; a name that is not in the answer is not there. */
      find(names: readonly string[]): Promise<ReadonlyMap<string, Found>>;
      /** How long a name that is not there is remembered. */
      missingMs: number;
    },
  ) {
    this.missing = new LRUCache({ max: missingMax, ttl: options.missingMs });
  }

  /** Null: not there. `isHeld`: may wait for others. Nobody is answered by a read that began before. */
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

  /** The name, or any, may be there now. */
  forgetMissing(name: string | 'any'): void {
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
