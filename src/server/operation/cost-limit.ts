import { Kind, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { Budgets } from '../../api/budgets';
import { planCost } from '../../api/cost-plan';
import {
  actualCost,
  messageCost,
  requestedCost,
  type CostPlan,
  type Variables,
} from '../../api/cost.rules';
import { spenderOf, type Spender } from '../../api/rate-limit-key';
import type { Limits } from '../../core/limits';
import { DomainError } from '../../core/domain-error';
import { MessageBudget, PaymentQueue } from './message-budget';
import type { StartPart } from './request-parts';

/** The content of `extensions.cost`. */
export interface CostReport {
  requestedQueryCost: number;
  actualQueryCost: number;
  throttleStatus: {
    maximumAvailable: number;
    currentlyAvailable: number;
    restoreRate: number;
  };
}

/** Parsing and validating this much text is about as much work as the smallest operation. */
const charactersPerUnit = 512;
const leastOfText = 1;

/** What an operation was charged before it began. */
export interface Charge {
  /** Why it does not begin; null if it may. */
  refusal: DomainError | null;
  requested: number;
  /** Gives back what was not used, and reports the cost. */
  settle(answer: Answer): CostReport;
}

interface Answer {
  data?: unknown;
  errors?: readonly unknown[];
}

/** An operation of a valid document, as requested. */
interface Asked {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Variables | null | undefined;
}

/**
 * The cost of operations and the budgets of principals. The part that depends on an operation's
 * text is computed once for each document; a few multiplications remain for each request.
 */
export class CostLimit {
  private readonly plans = new WeakMap<OperationDefinitionNode, CostPlan>();
  private readonly budgets: Budgets;
  /** The budgets of callers without a credential, which must not push out other budgets. */
  private readonly anonymous: Budgets;
  private readonly payments: PaymentQueue;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: Limits,
  ) {
    this.budgets = new Budgets({ max: limits.costBucket, perSecond: limits.costPerSecond });
    this.anonymous = new Budgets({
      max: limits.anonymousBucket,
      perSecond: limits.anonymousPerSecond,
    });
    this.payments = new PaymentQueue(this.budgets);
  }

  /**
   * Charges the work on a text that is not known yet, before the work begins. A refused document
   * stays charged; `giveBack` is for a valid document, whose operation is charged.
   */
  chargeText(text: string, spender: Spender): { refusal: DomainError | null; giveBack(): void } {
    const budgets = this.budgetsOf(spender);
    const bySize = Math.floor(Math.min(text.length, this.limits.documentBytes) / charactersPerUnit);
    // A cost above the capacity of the bucket could never be paid.
    const taken = budgets.take(spender, Math.min(leastOfText + bySize, budgets.rate.max));
    return {
      refusal: taken.isGranted ? null : rateLimited(taken.retryAfterMs),
      giveBack: () => void budgets.giveBack(spender, leastOfText),
    };
  }

  private budgetsOf({ accountId }: Spender): Budgets {
    return accountId === null ? this.anonymous : this.budgets;
  }

  /** Charges the highest cost of an operation. */
  charge({ document, operation, variables }: Asked, spender: Spender): Charge {
    const plan = this.planOf(document, operation);
    return this.chargePlan(plan, requestedCost(plan, variables), spender, this.limits.cost);
  }

  /** Charges a request that is no operation. Throws RATE_LIMITED. */
  chargeFixed(cost: number, spender: Spender): void {
    const budgets = this.budgetsOf(spender);
    const taken = budgets.take(spender, Math.min(cost, budgets.rate.max));
    if (!taken.isGranted) throw rateLimited(taken.retryAfterMs);
  }

  /**
   * Charges the opening of a stream, with its first message. `messages` pays for the later ones, each
   * when it is executed.
   */
  open(
    { document, operation, variables }: Asked,
    spender: Spender,
  ): { opening: Charge; messages: MessageBudget } {
    const plan = this.planOf(document, operation);
    const requested = requestedCost(plan, variables);
    const opening = this.chargePlan(plan, requested, spender, this.limits.subscriptionCost);
    const messages = new MessageBudget(this.payments, {
      spender,
      amount: messageCost(plan, requested),
      actual: (answer) => messageCost(plan, actualCost(plan, requested, answer)),
    });
    return { opening, messages };
  }

  private chargePlan(plan: CostPlan, requested: number, spender: Spender, limit: number): Charge {
    const budgets = this.budgetsOf(spender);
    const { rate } = budgets;
    const mostOfOne = Math.min(limit, rate.max);
    // A cost that can never be paid takes nothing; this only reads the budget.
    const isTooMuch = !(requested <= mostOfOne);
    const taken = budgets.take(spender, isTooMuch ? 0 : requested);
    const refusal = isTooMuch
      ? tooComplex(requested, mostOfOne)
      : taken.isGranted
        ? null
        : rateLimited(taken.retryAfterMs);
    return {
      refusal,
      requested,
      settle: (answer) => {
        if (refusal) return report(rate, { requested, actual: 0, available: taken.available });
        const actual = actualCost(plan, requested, answer);
        const available =
          actual === requested ? taken.available : budgets.giveBack(spender, requested - actual);
        return report(rate, { requested, actual, available });
      },
    };
  }

  private planOf(document: DocumentNode, operation: OperationDefinitionNode): CostPlan {
    let plan = this.plans.get(operation);
    if (!plan) {
      plan = planCost(this.schema, document, operation);
      this.plans.set(operation, plan);
    }
    return plan;
  }
}

function report(
  rate: Budgets['rate'],
  { requested, actual, available }: { requested: number; actual: number; available: number },
): CostReport {
  return {
    requestedQueryCost: requested,
    actualQueryCost: actual,
    throttleStatus: {
      maximumAvailable: rate.max,
      currentlyAvailable: Math.floor(available),
      restoreRate: rate.perSecond,
    },
  };
}

function tooComplex(requested: number, mostOfOne: number): DomainError {
  const message = `The operation would cost ${requested}; one operation may cost at most ${mostOfOne}. Ask for smaller pages.`;
  return new DomainError('QUERY_TOO_COMPLEX', message);
}

function rateLimited(retryAfterMs: number): DomainError {
  const message = "The caller's recent requests cost too much. Wait a moment, then try again.";
  return new DomainError('RATE_LIMITED', message, { retryAfterMs });
}

/** The gate questions and Proceeds of our own pages cost less than half of this. */
const gateCostMax = 50;
const gateFields = new Set(['viewer', 'consumeDayPass', '__typename']);

/** Whether it asks the gate or consumes, and selects little else. */
function isGateQuestion({ selectionSet }: OperationDefinitionNode, cost: number): boolean {
  if (cost > gateCostMax) return false;
  return selectionSet.selections.every(
    (one) => one.kind === Kind.FIELD && gateFields.has(one.name.value),
  );
}

/**
 * Charges the operations that Apollo runs: all of HTTP, and the queries and mutations of the other
 * doors.
 */
export function chargeOperations(costs: CostLimit): StartPart {
  return () => {
    let charge: Charge | undefined;
    return {
      didResolveOperation({ document, operation, request, contextValue }) {
        // graphql-js reports an operation that does not exist.
        if (!operation) return;
        const { variables } = request;
        charge = costs.charge({ document, operation, variables }, spenderOf(contextValue.caller));
        if (charge.refusal) throw charge.refusal;
        contextValue.account.mayUseReserved = isGateQuestion(operation, charge.requested);
      },
      willSendResponse({ response: { body } }) {
        if (!charge || body.kind !== 'single') return;
        const { singleResult } = body;
        const cost = charge.settle(singleResult);
        singleResult.extensions = { ...singleResult.extensions, cost };
      },
    };
  };
}
