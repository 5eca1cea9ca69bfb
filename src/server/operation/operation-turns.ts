/** One operation of a socket. */
interface Turn {
  /** Whether its client has completed it. */
  isCompleted: boolean;
  over: Promise<void>;
}

/**
 * The operations of one socket by the ids that its client gave them. graphql-ws tells them apart by
 * the id alone: if a client completes one and gives its id to another while the first is still
 * being released, graphql-ws would take the second for the first, and never end it. So the second
 * waits for its turn.
 */
export class OperationTurns {
  private readonly latest = new Map<string, Turn>();

  /** Runs an operation when its id is free; null if an active operation has this id. */
  begin(id: string, run: () => Promise<void>): Promise<void> | null {
    const before = this.latest.get(id);
    if (before && !before.isCompleted) return null;
    const turn: Turn = { isCompleted: false, over: Promise.resolve() };
    this.latest.set(id, turn);
    const started = before ? before.over.then(() => (turn.isCompleted ? undefined : run())) : run();
    turn.over = started.finally(() => {
      if (this.latest.get(id) === turn) this.latest.delete(id);
    });
    return turn.over;
  }

  complete(id: string): void {
    const turn = this.latest.get(id);
    if (turn) turn.isCompleted = true;
  }
}
