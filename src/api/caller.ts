import type { Attribution, Origin } from '../access/audit';
import type { Principal } from '../access/principal';
import { DomainError } from '../core/domain-error';
import type { Actor } from '../ledger/model/ledger';
import { ReaderDependencies } from './reader-dependencies';

/**
 * Who sends a request, and from where. It notes what an execution asks about its caller: another
 * reader of a stream receives the same result if all of that is the same for both.
 */
export class Caller {
  private noted: ReaderDependencies | undefined;

  constructor(
    readonly principal: Principal | null,
    readonly origin: Origin,
  ) {}

  /** What was asked about the caller since the last `renew`. */
  get dependencies(): ReaderDependencies {
    return (this.noted ??= new ReaderDependencies());
  }

  /** Throws UNAUTHENTICATED if the request came without a credential. */
  get viewer(): Principal {
    this.dependencies.isPersonal = true;
    return this.known;
  }

  /** The same, for questions that `dependencies` notes in another way. */
  get known(): Principal {
    if (this.principal) return this.principal;
    throw new DomainError('UNAUTHENTICATED', 'This needs a bearer in the Authorization header.');
  }

  /** Whether the caller is this agent. */
  isViewer(agentId: string): boolean {
    const isViewer = this.known.agentId === agentId;
    this.dependencies.viewers.set(agentId, isViewer);
    return isViewer;
  }

  /** Whom the journal names for what the request does; null for a contact, who changes nothing. */
  get actor(): Actor | null {
    const { agentId, keyId } = this.viewer;
    if (keyId !== null) return { kind: 'API_KEY', id: keyId };
    return agentId ? { kind: 'AGENT', id: agentId } : null;
  }

  /** The actor and where the request came from, for the audit trail. */
  get attribution(): Attribution {
    return { actor: this.actor, origin: this.origin };
  }

  /** Forgets what was asked, before the next message of a stream. */
  renew(): void {
    this.noted = undefined;
  }
}
