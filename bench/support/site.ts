import type { BenchOptions } from './options';

/** The state of one measurement while it runs: its options, and everything that it has to release. */
export class Site {
  private readonly releases: (() => unknown)[] = [];
  /** Release and durability of the PostgreSQL that was used, if one was. */
  postgres: string | undefined;

  constructor(readonly options: BenchOptions) {}

  /** A size of the full measurement, or its share in a trial. */
  scaled(full: number, least = 1): number {
    return Math.max(Math.round(full * this.options.scale), least);
  }

  /** Keeps something until the measurement ends; what was opened last is released first. */
  hold<Thing>(thing: Thing, release: (thing: Thing) => unknown): Thing {
    this.releases.push(() => release(thing));
    return thing;
  }

  /** Runs a part of the measurement that releases what it holds before the next part begins. */
  async part<Result>(work: (site: Site) => Promise<Result>): Promise<Result> {
    const part = new Site(this.options);
    let isClosed = false;
    const close = async () => {
      if (isClosed) return;
      isClosed = true;
      await part.close();
    };
    // A signal closes the whole.
    this.hold(part, close);
    try {
      return await work(part);
    } finally {
      this.postgres ??= part.postgres;
      await close();
    }
  }

  /** Releases everything, even if a part of it fails. */
  async close(): Promise<void> {
    for (let release = this.releases.pop(); release; release = this.releases.pop()) {
      try {
        await release();
      } catch (error) {
        console.error('Something was not released.', error);
      }
    }
  }
}

export function note(text: string): void {
  process.stdout.write(`  ${text}\n`);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
