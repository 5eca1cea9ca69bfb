import type { DemoAccount } from './demo-accounts';
import type { Visit } from './plan-visits';
import { dayMs, hourMs, type Span } from './span';
import type { Act } from './step';
import { Stock } from './stock';

/** An account without passes waits this long for its next order. */
const lateByMs = 2 * dayMs;
/** The order of the quarter, so that there are enough passes at the start. */
const lastOrder = { quantity: 200, daysBeforeEnd: 2 };

export interface Entries {
  acts: (Act & { atMs: number })[];
  /** The visits that used a pass. */
  made: { visit: Visit; emergency: boolean }[];
}

/**
 * Lets agents enter if the wallet permits it, and has the admin order when few passes are left. One
 * order may arrive too late: then the wallet is empty, lends one pass, and refuses the next agent.
 */
export function planEntries(account: DemoAccount, visits: readonly Visit[], span: Span): Entries {
  const { courtesies, orders, lateAfter } = account;
  const { acts, made }: Entries = { acts: [], made: [] };
  const stock = new Stock();
  let order = 0;
  const buy = (atMs: number, quantity: number) => {
    order += 1;
    acts.push({ kind: 'buy', atMs, quantity, order });
    stock.add(quantity);
  };

  buy(span.startMs + 3 * hourMs, orders.first);
  for (const { quantity, day, untilDay } of courtesies) {
    stock.addCourtesy(quantity, span.startMs + day * dayMs, span.startMs + untilDay * dayMs);
  }
  let beforeMs = span.startMs + dayMs;
  let emptySinceMs = Infinity;
  for (const visit of visits) {
    const { atMs, person, ticket } = visit;
    const isLate = order === lateAfter && atMs < emptySinceMs + lateByMs;
    if (stock.balance(atMs) <= orders.lowAt && !isLate) {
      // Between two visits, so that the next visit has the order and the last one did not.
      buy(beforeMs + Math.floor((atMs - beforeMs) * 0.6), orders.next);
    }
    const balance = stock.balance(atMs);
    if (balance <= 0) emptySinceMs = Math.min(emptySinceMs, atMs);
    if (balance < 0) continue;
    const emergency = balance === 0;
    const section = person.sections[0]!;
    acts.push({ kind: 'enter', atMs, email: person.email, ticket, section, emergency });
    made.push({ visit, emergency });
    stock.draw(atMs);
    beforeMs = atMs;
  }
  buy(span.endMs - lastOrder.daysBeforeEnd * dayMs, lastOrder.quantity);
  return { acts, made };
}
