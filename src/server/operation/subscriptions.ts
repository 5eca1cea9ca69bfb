import {
  createSourceEventStream,
  getOperationAST,
  GraphQLError,
  type ExecutionResult,
} from 'graphql';
import { spenderOf } from '../../api/rate-limit-key';
import { MappedStream } from '../../api/stream';
import { digestOf } from '../../core/digest';
import { DomainError } from '../../core/domain-error';
import type { Door } from '../../core/metrics';
import { TurnBudget } from '../../core/turn-budget';
import type { CostLimit } from './cost-limit';
import type { MessageBudget } from './message-budget';
import type { OperationRequest, PreparedOperation } from './operation-request';
import { ReaderGroups } from './reader-groups';
import { SharedExecutions } from './shared-executions';

/**
 * The length of a request to subscribe, which is kept while the stream lives: five times that of our
 * longest. A caller may have ten thousand streams.
 */
const lengthMax = 16_384;

/** Counts an opened or refused subscription, with how long that took. */
type Count = (door: Door, errors: readonly GraphQLError[] | undefined, ms: number) => void;

/** The subscriptions of every door: how they begin, what each message costs, and which share work. */
export class Subscriptions {
  private readonly executions = new SharedExecutions();
  private readonly turns = new TurnBudget();
  private readonly groups = new ReaderGroups({ executions: this.executions, turns: this.turns });

  constructor(
    private readonly costs: CostLimit,
    private readonly count: Count,
  ) {}

  /**
   * Opens a subscription. A subscription that cannot begin ends with its fault, like one that
   * breaks. Opening it is charged, and its first message reports the cost. Each later execution is
   * charged separately.
   */
  async open(args: PreparedOperation): Promise<AsyncGenerator<ExecutionResult, void>> {
    const startedAt = performance.now();
    const { tracker, caller } = args.contextValue;
    const charged = this.charge(args);
    // A digest, because it is kept while the subscription lives.
    const asked = JSON.stringify([args.operationName, args.variableValues]);
    const question = digestOf([asked]);
    const refusal = charged?.opening.refusal ?? refuseLong(args.request, asked.length);
    const opened = refusal ? refused(refusal) : await createSourceEventStream(args);
    const errors = 'errors' in opened ? opened.errors : undefined;
    this.count(caller.origin.door, errors, performance.now() - startedAt);
    if (!(Symbol.asyncIterator in opened)) return failed(opened);
    const messages = charged?.messages;
    let unreported = charged?.opening;
    const tell = async (message: unknown) => {
      const turn = this.turns.next();
      if (turn) await turn;
      tracker?.receive(message);
      if (!unreported) return this.executions.execute(args, question, message, messages);
      const { settle } = unreported;
      unreported = undefined;
      // The opening has paid for it. A result that is shared with others stays unchanged.
      const result = await this.executions.execute(args, question, message);
      this.group(args, question, messages);
      return { ...result, extensions: { ...result.extensions, cost: settle(result) } };
    };
    return new MappedStream(opened as AsyncGenerator<unknown, void>, tell, () => messages?.close());
  }

  /** From now on the stream may be answered together with equal ones, if its door can do that. */
  private group(
    operation: PreparedOperation,
    question: string,
    budget: MessageBudget | undefined,
  ): void {
    const { journalReader: reader, receiver } = operation.contextValue;
    // What was read for the first message is not used again.
    operation.contextValue.renew();
    if (reader && receiver) this.groups.join({ reader, receiver, operation, question, budget });
  }

  /** Undefined if there is no such operation; graphql-js reports that. */
  private charge(args: PreparedOperation): ReturnType<CostLimit['open']> | undefined {
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

async function* failed({ errors }: ExecutionResult): AsyncGenerator<never, void> {
  throw errors?.[0] ?? new Error('A subscription did not start.');
}
