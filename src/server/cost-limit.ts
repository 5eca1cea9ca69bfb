import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { Buckets } from '../api/buckets';
import type { RequestContext } from '../api/context';
import { planCost } from '../api/cost-plan';
import { actualCost, requestedCost, type CostPlan, type Variables } from '../api/cost.rules';
import { callerOf } from '../api/whose';
import type { Limits } from '../core/config';
import { DomainError } from '../core/domain-error';

/** What `extensions.cost` says. */
export interface CostReport {
  requestedQueryCost: number;
  actualQueryCost: number;
  throttleStatus: {
    maximumAvailable: number;
    currentlyAvailable: number;
    restoreRate: number;
  };
}

/** What an operation was charged before it began. */
export interface Charge {
  /** Why it does not begin; null where it may. */
  refusal: DomainError | null;
  /** Gives back what was not used, and tells. `data`: what was answered; undefined: nothing was. */
  settle(data: unknown): CostReport;
}

/**
 * What operations cost and principals may spend. What the text of an operation decides is worked out
 * once for each document; what is left for each request is a few multiplications.
 */
export class CostLimit {
  private readonly plans = new WeakMap<OperationDefinitionNode, CostPlan>();
  private readonly buckets: Buckets;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: Limits,
  ) {
    this.buckets = new Buckets({ max: limits.costBucket, perSecond: limits.costPerSecond });
  }

  /** Charges what a valid operation may cost at most. */
  charge(
    asked: {
      document: DocumentNode;
      operation: OperationDefinitionNode;
      variables: Variables | null | undefined;
    },
    caller: string,
  ): Charge {
    const plan = this.planOf(asked.document, asked.operation);
    const requested = requestedCost(plan, asked.variables);
    // What can never be paid for takes nothing: only the question is how much there is.
    const isTooMuch = !(requested <= this.limits.cost);
    const taken = this.buckets.take(caller, isTooMuch ? 0 : requested);
    const refusal = isTooMuch
      ? this.tooComplex(requested)
      : taken.isGranted
        ? null
        : rateLimited(taken.retryAfterMs);
    return {
      refusal,
      settle: (data) => {
        if (refusal) return this.report(requested, 0, taken.available);
        const actual = actualCost(plan, requested, data);
        const available =
          actual === requested
            ? taken.available
            : this.buckets.giveBack(caller, requested - actual);
        return this.report(requested, actual, available);
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

  private tooComplex(requested: number): DomainError {
    const message = `It would cost ${requested}; one operation may cost ${this.limits.cost}. Ask for smaller pages.`;
    return new DomainError('QUERY_TOO_COMPLEX', message);
  }

  private report(requested: number, actual: number, available: number): CostReport {
    return {
      requestedQueryCost: requested,
      actualQueryCost: actual,
      throttleStatus: {
        maximumAvailable: this.limits.costBucket,
        currentlyAvailable: Math.floor(available),
        restoreRate: this.limits.costPerSecond,
      },
    };
  }
}

function rateLimited(retryAfterMs: number): DomainError {
  const message = 'Too much was asked for of late; wait a moment.';
  return new DomainError('RATE_LIMITED', message, { retryAfterMs });
}

/** Charges what Apollo runs: all of HTTP, and the queries and mutations of the other doors. */
export function chargeOperations(costs: CostLimit): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      let charge: Charge | undefined;
      return {
        async didResolveOperation({ document, operation, request, contextValue }) {
          // graphql-js says it where there is no such operation.
          if (!operation) return;
          const { variables } = request;
          charge = costs.charge({ document, operation, variables }, callerOf(contextValue));
          if (charge.refusal) throw charge.refusal;
        },
        async willSendResponse({ response: { body } }) {
          if (!charge || body.kind !== 'single') return;
          const { singleResult } = body;
          const cost = charge.settle(singleResult.data);
          singleResult.extensions = { ...singleResult.extensions, cost };
        },
      };
    },
  };
}
