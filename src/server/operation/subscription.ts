import type { ExecutionResult } from 'graphql';
import type { MessageStream, StreamReader } from '../../api/stream';
import type { TurnBudget } from '../../core/turn-budget';
import type { Charge } from './cost-limit';
import type { MessageBudget } from './message-budget';
import type { ValidOperation } from './operation-request';
import type { ReaderGroups } from './reader-groups';
import type { SharedExecutions } from './shared-executions';

/** What the subscriptions of a process share. */
export interface SubscriptionTools {
  executions: SharedExecutions;
  turns: TurnBudget;
  groups: ReaderGroups;
}

/** What was charged for the opening, and what pays for the later messages. */
export interface SubscriptionCharge {
  opening: Charge;
  messages: MessageBudget;
}

/** One open subscription: answers the messages of its stream, and passes the results to its door. */
export class Subscription implements StreamReader<unknown> {
  private door: StreamReader<ExecutionResult> | undefined;
  private isClosed = false;
  /** The charge for the opening, until the first message has reported it. */
  private unreported: Charge | undefined;
  private readonly budget: MessageBudget | undefined;

  constructor(
    private readonly stream: MessageStream<unknown>,
    private readonly operation: ValidOperation,
    /** A digest of the operation without its document, because it is kept while this lives. */
    private readonly question: string,
    charge: SubscriptionCharge | undefined,
    private readonly tools: SubscriptionTools,
  ) {
    this.unreported = charge?.opening;
    this.budget = charge?.messages;
  }

  /** Passes all results to the door, then the end. */
  readAll(door: StreamReader<ExecutionResult>): void {
    this.door = door;
    void this.stream.readAll(this);
  }

  /** Its reader has gone: no further result is passed. Never rejects. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.budget?.close();
    await this.stream.close();
  }

  async receive(message: unknown): Promise<void> {
    const { executions, turns } = this.tools;
    const { operation, question, budget, unreported } = this;
    const turn = turns.next();
    if (turn) await turn;
    operation.contextValue.tracker?.receive(message);
    if (!unreported) {
      return this.pass(await executions.execute(operation, question, message, budget));
    }
    this.unreported = undefined;
    // The opening has paid for it. A result that is shared with others stays unchanged.
    const result = await executions.execute(operation, question, message);
    this.enterGroup();
    const cost = unreported.settle(result);
    return this.pass({ ...result, extensions: { ...result.extensions, cost } });
  }

  ended(): void {
    this.door?.ended();
  }

  failed(error: unknown): void {
    this.door?.failed(error);
  }

  private pass(result: ExecutionResult): Promise<void> | void {
    if (!this.isClosed) return this.door?.receive(result);
  }

  /** From now on the stream may be answered together with equal ones, if its door can do that. */
  private enterGroup(): void {
    const { operation, question, budget } = this;
    const { journalReader: reader, receiver } = operation.contextValue;
    // What was read for the first message is not used again.
    operation.contextValue.renew();
    if (reader && receiver) {
      this.tools.groups.join({ reader, receiver, operation, question, budget });
    }
  }
}
