/**
 * What a planned wallet holds, counted as the ledger will: what ends first is drawn first. So a plan
 * knows without asking when an order is due, and when the wallet is empty.
 */
export class Stock {
  private bought = 0;
  private readonly courtesies: { left: number; untilMs: number }[] = [];

  balance(atMs: number): number {
    const current = this.courtesies.filter(({ untilMs }) => atMs < untilMs);
    return this.bought + current.reduce((sum, { left }) => sum + left, 0);
  }

  add(quantity: number): void {
    this.bought += quantity;
  }

  addCourtesy(quantity: number, untilMs: number): void {
    this.courtesies.push({ left: quantity, untilMs });
  }

  draw(atMs: number): void {
    const courtesy = this.courtesies.find(({ left, untilMs }) => left > 0 && atMs < untilMs);
    if (courtesy) courtesy.left -= 1;
    else this.bought -= 1;
  }
}
