import type { Budgets } from '../../api/budgets';
import type { Spender } from '../../api/rate-limit-key';

/**
 * Streams leave this part of their caller's budget to requests: a busy stream blocks no request.
 */
const shareOfRequests = 1 / 4;

/** A message that waits until its caller can pay. */
interface Waiting {
  spender: Spender;
  amount: number;
  settle(isPaid: boolean): void;
}

/** Messages that wait for their caller's budget, first come, first served; one timer for each caller. */
export class PaymentQueue {
  private readonly queues = new Map<string, Set<Waiting>>();

  constructor(readonly budgets: Budgets) {}

  /** Takes the amount at once, if no message of the caller waits and the budget is sufficient. */
  takeNow(spender: Spender, amount: number): boolean {
    return !this.queues.has(spender.caller) && this.take(spender, amount).isGranted;
  }

  /** Settles `waiting` when it is paid. The returned function withdraws it, unpaid. */
  enter(waiting: Waiting): () => void {
    const { caller } = waiting.spender;
    const queue = this.queues.get(caller) ?? new Set();
    queue.add(waiting);
    if (!this.queues.has(caller)) {
      this.queues.set(caller, queue);
      this.serve(caller, queue);
    }
    return () => {
      if (queue.delete(waiting)) waiting.settle(false);
    };
  }

  private serve(caller: string, queue: Set<Waiting>): void {
    for (const waiting of queue) {
      const { isGranted, retryAfterMs } = this.take(waiting.spender, waiting.amount);
      if (!isGranted) {
        setTimeout(() => this.serve(caller, queue), retryAfterMs).unref();
        return;
      }
      queue.delete(waiting);
      waiting.settle(true);
    }
    this.queues.delete(caller);
  }

  private take(spender: Spender, amount: number) {
    const { max } = this.budgets.rate;
    return this.budgets.take(spender, amount, Math.min(max * shareOfRequests, max - amount));
  }
}

/**
 * The cost of the messages of one stream, and their payer: each execution is paid before it begins.
 */
export class MessageBudget {
  private withdraw: (() => void) | undefined;
  private isClosed = false;

  constructor(
    private readonly payments: PaymentQueue,
    private readonly price: {
      spender: Spender;
      /** The highest cost of a message. */
      amount: number;
      /** The actual cost. */
      actual(result: MessageResult): number;
    },
  ) {}

  /** True when paid; false if the stream was closed while it waited. */
  pay(): boolean | Promise<boolean> {
    const { spender, amount } = this.price;
    if (this.isClosed) return false;
    if (this.payments.takeNow(spender, amount)) return true;
    return new Promise<boolean>((settle) => {
      this.withdraw = this.payments.enter({ spender, amount, settle });
    });
  }

  /** Gives back what was paid and not used; all of it if nothing was executed. */
  settle(result: MessageResult | null): void {
    const { spender, amount, actual } = this.price;
    const unused = amount - (result ? actual(result) : 0);
    if (unused !== 0) this.payments.budgets.giveBack(spender, unused);
  }

  /** Pays for an execution if the budget has enough for it now; `settle` gives back what is left. */
  prepay(): boolean {
    return !this.isClosed && this.payments.takeNow(this.price.spender, this.price.amount);
  }

  /** What a message with this result costs. */
  costOf(result: MessageResult): number {
    return this.price.actual(result);
  }

  /**
   * Pays for a message that was executed for several readers, if the budget has it now. Each caller
   * pays; the account, whose budget all its callers share, pays once for each execution.
   */
  payNow(cost: number, { isExecuted }: { isExecuted: boolean }): boolean {
    const { caller, accountId } = this.price.spender;
    const spender = { caller, accountId: isExecuted ? accountId : null };
    return !this.isClosed && this.payments.takeNow(spender, cost);
  }

  /** The stream is over: waiting messages are not paid. */
  close(): void {
    this.isClosed = true;
    this.withdraw?.();
  }
}

interface MessageResult {
  data?: unknown;
  errors?: readonly unknown[];
}
