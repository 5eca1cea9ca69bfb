/**
 * The content of a planned wallet, counted as the ledger will: the lot that ends first is used
 * first. So a plan knows without a query when an order is due, and when the wallet is empty.
 */
export class Stock {
  private bought = 0;
  private readonly courtesies: { left: number; fromMs: number; untilMs: number }[] = [];

  balance(atMs: number): number {
    return this.goodAt(atMs).reduce((sum, { left }) => sum + left, this.bought);
  }

  add(quantity: number): void {
    this.bought += quantity;
  }

  addCourtesy(quantity: number, fromMs: number, untilMs: number): void {
    this.courtesies.push({ left: quantity, fromMs, untilMs });
  }

  draw(atMs: number): void {
    const courtesy = this.goodAt(atMs).find(({ left }) => left > 0);
    if (courtesy) courtesy.left -= 1;
    else this.bought -= 1;
  }

  private goodAt(atMs: number) {
    return this.courtesies.filter(({ fromMs, untilMs }) => fromMs < atMs && atMs < untilMs);
  }
}
