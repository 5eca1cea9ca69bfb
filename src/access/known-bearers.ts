import { LRUCache } from 'lru-cache';

/** At most so many bearer tokens with so many bytes are known, of all issuers. */
const bearersMax = 20_000;
const bytesMax = 32 * 1024 * 1024;
/** What is kept of a bearer beside its text, about. */
const bytesOfEntry = 500;

/**
 * Results for valid bearer tokens, so that a signature is checked once and not for every request.
 * The least recently used one is forgotten first. An identity provider can issue any number of
 * tokens of 8 KB: the bound is in bytes, for all accounts together.
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
