import { LRUCache } from 'lru-cache';

/** So many bearers of so many bytes are known at most, whoever issues them. */
const bearersMax = 20_000;
const bytesMax = 32 * 1024 * 1024;
/** What is kept of a bearer beside its text, about. */
const bytesOfEntry = 500;

/**
 * What was found out about bearers that are valid, so that a signature is checked once and not for
 * every request. The one that was not asked for longest is forgotten first. An identity provider can
 * issue as many as it likes, of 8 KB each: the bound is in bytes, and one for all accounts.
 */
export class KnownBearers<Found extends object> {
  private readonly kept = new LRUCache<string, Found>({
    max: bearersMax,
    maxSize: bytesMax,
    sizeCalculation: (_found, bearer) => bearer.length + bytesOfEntry,
  });

  get(bearer: string): Found | undefined {
    return this.kept.get(bearer);
  }

  set(bearer: string, found: Found): void {
    this.kept.set(bearer, found);
  }

  delete(bearer: string): void {
    this.kept.delete(bearer);
  }

  get bytes(): number {
    return this.kept.calculatedSize;
  }
}
