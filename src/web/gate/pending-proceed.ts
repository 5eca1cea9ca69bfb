/**
 * The token of a Proceed that was not answered yet. It outlives a reload of the tab, which then asks
 * again with it: a token that was spent answers with the same pass, so nothing is taken twice. Without
 * the agent's credentials it is of no use to anybody.
 */
export class PendingProceed {
  private readonly name: string;
  /** Where the browser keeps nothing for this page. */
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
