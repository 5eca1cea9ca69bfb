import { createLocalJWKSet, errors, type CryptoKey, type JWSHeaderParameters } from 'jose';
import { DomainError } from '../core/domain-error';
import type { KeySource } from './provider-bearer';
import type { ProviderDocuments } from './provider-documents';

/** Documents older than this are fetched again: a withdrawn key ends after this time. */
const freshMs = 10 * 60_000;
/** While the provider does not answer, its last documents are used for this time. */
const staleMs = 24 * 60 * 60_000;
/**
 * The pause between two attempts, for any reason: it bounds the cost of invented key ids and of an
 * outage.
 */
const attemptEveryMs = 30_000;
/** So many keys of one kind are tried; providers publish two or three while they change them. */
const candidatesMax = 16;

/** How the documents are obtained. */
export interface DocumentsSource {
  fetch(): Promise<ProviderDocuments>;
  load(): Promise<ProviderDocuments | null>;
  save(documents: ProviderDocuments): Promise<void>;
  nowMs(): number;
  /** Called when the provider could not be reached. */
  failed(error: unknown): void;
}

/** The keys of one provider: kept, renewed, and still there while the provider is away. */
export class ProviderKeys implements KeySource {
  private documents: ProviderDocuments | null = null;
  private keys: KeySet | undefined;
  /** Those that the provider publishes without a name. */
  private unnamedKeys: KeySet | undefined;
  private loading: Promise<void> | undefined;
  private fetching: Promise<void> | undefined;
  private attemptedAtMs = Number.NEGATIVE_INFINITY;
  private isAway = false;

  constructor(private readonly source: DocumentsSource) {}

  /**
   * The keys that may have signed a token with this header. An unknown key may be new, so the
   * provider is asked, unless the last request was a moment ago. Rejects with SERVICE_UNAVAILABLE
   * if there are no documents.
   */
  readonly find = async (header: JWSHeaderParameters): Promise<CryptoKey[]> => {
    await this.current();
    try {
      return await this.candidates(header);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.mayAttempt()) throw error;
      await this.renew();
      return this.candidates(header);
    }
  };

  /** As `find`, after another request to the provider; null if the last request was a moment ago. */
  readonly findAgain = async (header: JWSHeaderParameters): Promise<CryptoKey[] | null> => {
    if (!this.mayAttempt()) return null;
    await this.renew();
    return this.candidates(header);
  };

  private async candidates(header: JWSHeaderParameters): Promise<CryptoKey[]> {
    try {
      return await fittingKeys(this.keys!, header);
    } catch (error) {
      // A token may name a key that the provider publishes without a name.
      if (!(error instanceof errors.JWKSNoMatchingKey) || !header.kid) throw error;
      return fittingKeys(this.unnamedKeys!, { ...header, kid: undefined });
    }
  }

  /**
   * The provider's documents: at most ten minutes old or, during an outage, a day. Rejects as
   * `find` does.
   */
  async current(): Promise<ProviderDocuments> {
    await this.loadOnce();
    if (this.ageMs() >= freshMs && this.mayAttempt()) {
      const renewed = this.renew();
      // If the last request to the provider failed, nobody waits for the next one while documents
      // are available.
      if (!this.isAway || this.ageMs() >= staleMs) await renewed;
    }
    if (!this.documents || this.ageMs() >= staleMs) {
      throw new DomainError(
        'SERVICE_UNAVAILABLE',
        'The identity provider does not answer. Try again in a moment.',
      );
    }
    return this.documents;
  }

  private ageMs(): number {
    return this.documents ? this.source.nowMs() - this.documents.fetchedAtMs : Infinity;
  }

  /** Whether a request may be awaited or started. */
  private mayAttempt(): boolean {
    if (this.fetching) return true;
    return this.source.nowMs() - this.attemptedAtMs >= attemptEveryMs;
  }

  private loadOnce(): Promise<void> {
    if (!this.loading) {
      this.loading = this.load();
      // A failed read is repeated.
      this.loading.catch(() => (this.loading = undefined));
    }
    return this.loading;
  }

  private async load(): Promise<void> {
    const documents = await this.source.load();
    if (documents) this.take(documents);
  }

  /** Asks the provider; all callers of one moment share the answer. Never rejects. */
  private renew(): Promise<void> {
    this.fetching ??= this.attempt().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async attempt(): Promise<void> {
    this.attemptedAtMs = this.source.nowMs();
    try {
      this.take(await this.source.fetch());
      this.isAway = false;
    } catch (error) {
      this.isAway = true;
      this.source.failed(error);
      return;
    }
    // A process that starts during an outage would miss them; this process continues.
    await this.source.save(this.documents!).catch((error: unknown) => this.source.failed(error));
  }

  private take(documents: ProviderDocuments): void {
    this.keys = createLocalJWKSet(documents.keys);
    const unnamed = documents.keys.keys.filter(({ kid }) => kid === undefined);
    this.unnamedKeys = createLocalJWKSet({ keys: unnamed });
    this.documents = documents;
  }
}

type KeySet = ReturnType<typeof createLocalJWKSet>;

async function fittingKeys(keys: KeySet, header: JWSHeaderParameters): Promise<CryptoKey[]> {
  try {
    return [await keys(header)];
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    const found: CryptoKey[] = [];
    for await (const key of error) {
      found.push(key);
      if (found.length === candidatesMax) break;
    }
    return found;
  }
}
