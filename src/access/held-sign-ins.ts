import type { Log } from '../core/log';
import type { HintCarrier } from '../db/hints';
import type { Principal } from './principal';
import type { ProviderSignIn } from './provider-sign-in';

/** For a listener that receives nothing: at most this long until a withdrawal is found even so. */
const pollEveryMs = 2_000;

/** A socket with a sign-in at a provider. */
interface Held {
  principal: Principal;
  slug: string;
  accountId: string;
  /** The account's providers when the principal was last found valid. */
  version: string | null;
  onEnd: () => void;
}

/**
 * Notifies connections with a sign-in at a provider when that sign-in would no longer be accepted:
 * the provider was disabled, removed or changed, or the agent was unlinked from it.
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

  /**
   * Calls the listener once, when the principal is no longer valid, until released. Null for a
   * principal that did not sign in at a provider.
   */
  hold(principal: Principal, onEnd: () => void): (() => void) | null {
    const origin = this.signIn.originOf(principal);
    if (!origin) return null;
    const { bearer, accountId } = origin;
    const held: Held = { principal, slug: bearer.slug, accountId, version: null, onEnd };
    this.held.add(held);
    // Hints that arrived since it was accepted had no listener.
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
    else if (this.held.delete(held)) held.onEnd();
  }
}
