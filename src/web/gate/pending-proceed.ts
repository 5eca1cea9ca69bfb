/**
 * The token of a Proceed that was not answered yet. It survives a reload of the tab, which then
 * sends it again: a token that was used returns the same pass, so no second pass is taken. Without
 * the agent's credentials nobody can use it.
 */
export class PendingProceed {
  private readonly name: string;
  /** If the browser stores nothing for this page. */
  private kept: string | null = null;

  constructor(endpoint: string) {
    this.name = `daypass proceed ${endpoint}`;
  }

  get token(): string | null {
    return this.stored((storage) => storage.getItem(this.name)) ?? this.kept;
  }

  keep(token: string): void {
    this.kept = token;
    this.stored((storage) => storage.setItem(this.name, token));
  }

  forget(): void {
    this.kept = null;
    this.stored((storage) => storage.removeItem(this.name));
  }

  private stored<Value>(act: (storage: Storage) => Value): Value | null {
    try {
      return act(sessionStorage);
    } catch {
      return null;
    }
  }
}
