import type { Log } from '../core/log';
import type { HintCarrier } from '../db/hints';
import type { Principal } from './principal';
import type { ProviderSignIn } from './provider-sign-in';

/** Covers a listener that is deaf: at most this long until a withdrawal is found all the same. */
const pollEveryMs = 2_000;

/** A socket that somebody came in by, through a provider. */
interface Held {
  principal: Principal;
  slug: string;
  accountId: string;
  /** The account's providers as they were when the principal was last found to stand. */
  version: string | null;
  tell: () => void;
}

/**
 * Tells those who came in through a provider and are still here when they would no longer be let in:
 * the provider was disabled, removed or set otherwise, or the agent was unlinked from it.
 */
export class HeldSignIns {
  private readonly held = new Set<Held>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly signIn: ProviderSignIn,
    private readonly log: Log,
  ) {}

  start(hints: HintCarrier): void {
    hints.listen(
      ({ accountId, state }) => {
        // A change of an agent's address unlinks it from its providers.
        if (state?.kind !== 'identityProvider' && state?.kind !== 'agent') return;
        this.signIn.invalidate(accountId);
        this.lookAt([...this.held].filter((one) => one.accountId === accountId));
      },
      () => {
        this.signIn.invalidate('any');
        this.lookAt([...this.held]);
      },
    );
    this.timer = setInterval(() => this.lookAt([...this.held]), pollEveryMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Tells once, when the principal no longer stands, until released. Of other principals never. */
  hold(principal: Principal, tell: () => void): () => void {
    const origin = this.signIn.originOf(principal);
    if (!origin) return () => {};
    const { bearer, accountId } = origin;
    const held: Held = { principal, slug: bearer.slug, accountId, version: null, tell };
    this.held.add(held);
    // What was heard since it was let in was told to nobody.
    this.lookAt([held]);
    return () => this.held.delete(held);
  }

  private lookAt(held: readonly Held[]): void {
    for (const one of held) {
      this.look(one).catch((error: unknown) => {
        // The next poll looks again.
        this.log.warn({ err: error, accountId: one.accountId }, 'a sign-in could not be checked');
      });
    }
  }

  private async look(held: Held): Promise<void> {
    const version = await this.signIn.versionOf(held.slug);
    if (version === held.version) return;
    if (await this.signIn.stillMeans(held.principal)) held.version = version;
    else if (this.held.delete(held)) held.tell();
  }
}
