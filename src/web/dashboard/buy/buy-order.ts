import type { Money } from './buy-price';

/** A purchase that somebody has confirmed. Sent again with its key, it is bought once. */
export interface Order {
  key: string;
  walletId: string;
  quantity: number;
  unitPrice: Money;
  total: Money;
  /** When it was first sent, by the device. */
  sentAt: number;
}

/** For so long a reload goes on by itself; whoever comes back later is asked. */
const freshMs = 10 * 60_000;

/** The order that has no answer yet. It outlives a reload of the tab, and no other person sees it. */
export class KeptOrder {
  private readonly name: string;

  constructor(agentId: string) {
    this.name = `daypass.order ${agentId}`;
  }

  read(): Order | null {
    try {
      const order = JSON.parse(sessionStorage.getItem(this.name) ?? 'null') as Order | null;
      return typeof order?.key === 'string' ? order : null;
    } catch {
      return null;
    }
  }

  keep(order: Order): void {
    try {
      sessionStorage.setItem(this.name, JSON.stringify(order));
    } catch {
      // Where the browser keeps nothing, a reload asks anew.
    }
  }

  forget(): void {
    try {
      sessionStorage.removeItem(this.name);
    } catch {
      // It was not kept.
    }
  }
}

export function isFresh(order: Order): boolean {
  return Math.abs(Date.now() - order.sentAt) < freshMs;
}
