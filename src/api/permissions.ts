import type { AgentAccess } from '../access/agent-access';
import { enterByKey } from '../access/enter-by-key';
import { keyBehind } from '../access/principal';
import {
  hasRight,
  isShut,
  missingPermission,
  requireRight,
  rights,
  sectionOf,
  type Asker,
  type Right,
} from '../access/rights';
import { DomainError } from '../core/domain-error';
import type { Consumption } from '../ledger/model/ledger';
import type { AccountHandles } from './account-handles';
import type { Caller } from './caller';
import type { ReaderDependencies } from './reader-dependencies';
import type { Reads } from './reads';

/** What the caller of a request may do, each permission decided once. */
export class Permissions {
  private required: Map<Right, Promise<void> | 'HELD'> | undefined;
  private mayTakePass = false;
  private entering: Promise<void> | undefined;
  private passTaken: Consumption | null = null;

  constructor(
    private readonly caller: Caller,
    private readonly account: AccountHandles,
    private readonly reads: Reads,
  ) {}

  /** What the calling agent may use, read once; null for a contact. */
  agentAccess(): Promise<AgentAccess | null> {
    this.caller.dependencies.isPersonal = true;
    return this.readAgentAccess();
  }

  /**
   * Throws FORBIDDEN or DAY_PASS_REQUIRED if the caller lacks the permission, or is outside the gate.
   * Decided once per request, however many objects of a response ask; later questions wait for nothing.
   */
  require(right: Right): Promise<void> | void {
    const required = (this.required ??= new Map<Right, Promise<void> | 'HELD'>());
    const known = required.get(right);
    if (known) return known === 'HELD' ? undefined : known;
    if (this.isKnownToHold(right)) return;
    const decided: Promise<void> = this.decide(right).then(() => {
      // In its own map: a decision from before `renew` does not hold after it.
      if (required.get(right) === decided) required.set(right, 'HELD');
    });
    required.set(right, decided);
    return decided;
  }

  /** Whether `require` would accept it. A promise only if something has to be read for it. */
  has(right: Right): boolean | Promise<boolean> {
    const decided = this.require(right);
    return decided ? decided.then(() => true, refusedOrThrown) : true;
  }

  /** The door has found that this request may use a pass, if the setting of its key says so. */
  permitTakingPass(): void {
    this.mayTakePass = true;
  }

  /** The pass that this request used by its key; null if it used none. */
  get takenPass(): Consumption | null {
    return this.passTaken;
  }

  /**
   * Whether everything that another reader's execution asked has the same answer for this caller now.
   * A promise only if something has to be read for it, which begins with `renew`.
   */
  answerAlike(dependencies: ReaderDependencies, renew: () => void): boolean | Promise<boolean> {
    const known = this.isKnownAlike(dependencies);
    if (known !== null) return known;
    renew();
    return this.haveAlike(dependencies.rights);
  }

  /** The same, without a read: null if something has to be read for it. */
  isKnownAlike({ rights: asked, viewers, isPersonal }: ReaderDependencies): boolean | null {
    if (isPersonal) return false;
    const principal = this.caller.known;
    for (const [agentId, isViewer] of viewers) {
      if ((principal.agentId === agentId) !== isViewer) return false;
    }
    if (asked.size === 0) return true;
    const known = this.reads.remembered(principal.agentId, keyBehind(principal));
    if (!known) return null;
    const { agentAccess, nowMs } = known;
    for (const [right, holds] of asked) {
      if ((missingPermission(right, { principal, agentAccess }, nowMs) === null) !== holds) {
        return false;
      }
    }
    return true;
  }

  /** Forgets every decision: after a mutation, and before a stream's next message. */
  renew(): void {
    this.required = undefined;
  }

  /** Decides at once if all that decides is in memory, and the caller has the permission. */
  private isKnownToHold(right: Right): boolean {
    const { principal, dependencies } = this.caller;
    const known = principal && this.reads.known(principal.agentId);
    if (!known) return false;
    const { agentAccess, nowMs } = known;
    if (missingPermission(right, { principal, agentAccess }, nowMs) !== null) return false;
    dependencies.rights.set(right, true);
    this.required?.set(right, 'HELD');
    return true;
  }

  private async decide(right: Right): Promise<void> {
    const asker = await this.asker();
    // The instant decides only if a pass does: without a gate it is not read.
    const nowMs = rights[right].gated ? await this.reads.accountNowMs() : 0;
    if (hasRight(right, asker) && isShut(right, asker, nowMs)) await this.enterForGatedData(right);
    const { dependencies } = this.caller;
    dependencies.rights.set(right, false);
    requireRight(right, await this.asker(), nowMs);
    dependencies.rights.set(right, true);
  }

  private async asker(): Promise<Asker> {
    return { principal: this.caller.known, agentAccess: await this.readAgentAccess() };
  }

  private readAgentAccess(): Promise<AgentAccess | null> {
    const { agentId } = this.caller.known;
    return agentId ? this.reads.agentAccessOf(agentId) : Promise.resolve(null);
  }

  /**
   * The guards of gated data wait for this, once per request: no resolver uses a pass on its own. For a
   * key with this setting one pass is used unless one runs; for every other caller the gate stays.
   */
  private async enterForGatedData(right: Right): Promise<void> {
    const viewer = this.caller.known;
    if (viewer.kind !== 'AGENT_API_KEY' || viewer.whenNoDayPass !== 'CONSUME') return;
    if (!this.mayTakePass) return;
    const { ledger } = this.account;
    this.entering ??= enterByKey(ledger, viewer, sectionOf(right)).then((taken) => {
      this.passTaken = taken;
      // Rows that were read before the agent was in are out of date.
      this.reads.forgetRows();
    });
    await this.entering;
  }

  private async haveAlike(asked: ReaderDependencies['rights']): Promise<boolean> {
    for (const [right, holds] of asked) if ((await this.has(right)) !== holds) return false;
    return true;
  }
}

function refusedOrThrown(thrown: unknown): false {
  if (thrown instanceof DomainError) return false;
  throw thrown;
}
