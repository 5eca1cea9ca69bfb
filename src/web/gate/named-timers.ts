/** Timers by their names: setting one again replaces the earlier one. */
export class NamedTimers<Name extends string> {
  private readonly timers = new Map<Name, number>();

  set(name: Name, ms: number, act: () => void): void {
    this.clear(name);
    this.timers.set(name, window.setTimeout(act, Math.max(0, ms)));
  }

  clear(name: Name): void {
    window.clearTimeout(this.timers.get(name));
    this.timers.delete(name);
  }

  clearAll(): void {
    for (const name of this.timers.keys()) this.clear(name);
  }
}
