import {
  createSourceEventStream,
  getOperationAST,
  GraphQLError,
  type ExecutionResult,
} from 'graphql';
import { spenderOf } from '../../api/rate-limit-key';
import { MessageStream } from '../../api/stream';
import { digestOf } from '../../core/digest';
import { DomainError } from '../../core/domain-error';
import type { Door } from '../../core/metrics';
import { TurnBudget } from '../../core/turn-budget';
import type { CostLimit } from './cost-limit';
import type { OperationRequest, PreparedOperation, ValidOperation } from './operation-request';
import { ReaderGroups } from './reader-groups';
import { SharedExecutions } from './shared-executions';
import { Subscription, type SubscriptionCharge, type SubscriptionTools } from './subscription';

/**
 * The length of a request to subscribe, which is kept while the stream lives: five times that of our
 * longest. A caller may have ten thousand streams.
 */
const lengthMax = 16_384;

/** Counts an opened or refused subscription, with how long that took. */
type Count = (door: Door, errors: readonly GraphQLError[] | undefined, ms: number) => void;

/** The subscriptions of every door: how they begin, what each message costs, and which share work. */
export class Subscriptions {
  private readonly tools: SubscriptionTools;

  constructor(
    private readonly costs: CostLimit,
    private readonly count: Count,
  ) {
    const [executions, turns] = [new SharedExecutions(), new TurnBudget()];
    this.tools = { executions, turns, groups: new ReaderGroups({ executions, turns }) };
  }

  /**
   * Opens a subscription. Throws the fault of one that cannot begin. Opening it is charged, and its
   * first message reports the cost. Each later execution is charged separately.
   */
  async open({ request, ...operation }: PreparedOperation): Promise<Subscription> {
    const startedAt = performance.now();
    const { operationName, variableValues, contextValue } = operation;
    const charge = this.charge(operation);
    const asked = JSON.stringify([operationName, variableValues]);
    const refusal = charge?.opening.refusal ?? refuseLong(request, asked.length);
    const opened = refusal ? refused(refusal) : await createSourceEventStream(operation);
    const errors = 'errors' in opened ? opened.errors : undefined;
    this.count(contextValue.caller.origin.door, errors, performance.now() - startedAt);
    if (!(opened instanceof MessageStream)) {
      throw errors?.[0] ?? new Error('A subscription did not start.');
    }
    return new Subscription(opened, operation, digestOf([asked]), charge, this.tools);
  }

  /** Undefined if there is no such operation; graphql-js reports that. */
  private charge(args: ValidOperation): SubscriptionCharge | undefined {
    const { document, operationName, variableValues } = args;
    const operation = getOperationAST(document, operationName);
    if (!operation) return undefined;
    const spender = spenderOf(args.contextValue.caller);
    return this.costs.open({ document, operation, variables: variableValues }, spender);
  }
}

function refuseLong(
  { query, extensions }: OperationRequest,
  variablesLength: number,
): DomainError | null {
  const length = query.length + variablesLength + JSON.stringify(extensions ?? null).length;
  if (length <= lengthMax) return null;
  return new DomainError(
    'BAD_USER_INPUT',
    `A subscription has at most ${lengthMax} characters, with its variables and extensions.`,
  );
}

/** The result of an operation that is refused before it runs. */
export function refused(cause: DomainError): ExecutionResult {
  return { errors: [graphQLErrorOf(cause)] };
}

export function graphQLErrorOf(cause: DomainError): GraphQLError {
  return new GraphQLError(cause.message, { originalError: cause });
}
