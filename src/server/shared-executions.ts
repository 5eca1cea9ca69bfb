import { execute, type DocumentNode, type ExecutionResult } from 'graphql';
import { performance } from 'node:perf_hooks';
import type { Asked, RequestContext } from '../api/context';
import type { PreparedOperation } from './operation';

/** A result is handed on for at most twice as long: what it holds is no older than that. */
const generationMs = 250;

/** One execution for one message, and what it asked about the reader it was made for. */
interface Execution {
  document: DocumentNode;
  question: string;
  /** Null where nobody else is given it: it failed, or it is about the reader. */
  shared: Promise<{ result: ExecutionResult; asked: Asked } | null>;
}

/**
 * Equal subscriptions of one account hear of the same message at one moment. The first to hear it is
 * answered by an execution of its own, and so is whoever asks something else, or about whom any
 * question of the execution (a right, who one is) comes out otherwise. All others are given its
 * result. Messages are the same where they are one object, as entries of one journal's tail are.
 */
export class SharedExecutions {
  private current = new WeakMap<object, Execution[]>();
  private previous = new WeakMap<object, Execution[]>();
  private currentSince = performance.now();

  /** Answers one message of a subscription. `question` is all of the operation but its document. */
  async execute(
    operation: PreparedOperation,
    question: string,
    message: unknown,
  ): Promise<ExecutionResult> {
    const context = operation.contextValue as RequestContext;
    const known = this.find(operation, question, message);
    const shared = known && (await known.shared);
    if (shared && (await context.answersAlike(shared.asked))) return shared.result;

    // Each message is resolved anew: nothing read for the last one counts for it.
    context.renew();
    const result = Promise.resolve(execute({ ...operation, rootValue: message }));
    if (!known && isObject(message)) {
      this.keep(message, {
        document: operation.document,
        question,
        shared: result.then(
          (done) => {
            const { asked } = context;
            return done.errors || asked.isPersonal ? null : { result: done, asked };
          },
          () => null,
        ),
      });
    }
    return result;
  }

  private find(
    { document }: PreparedOperation,
    question: string,
    message: unknown,
  ): Execution | undefined {
    if (!isObject(message)) return undefined;
    this.age();
    const executions = this.current.get(message) ?? this.previous.get(message);
    return executions?.find((one) => one.document === document && one.question === question);
  }

  private keep(message: object, execution: Execution): void {
    const executions = this.current.get(message);
    if (executions) executions.push(execution);
    else this.current.set(message, [execution]);
  }

  private age(): void {
    const now = performance.now();
    if (now - this.currentSince < generationMs) return;
    this.previous = now - this.currentSince < 2 * generationMs ? this.current : new WeakMap();
    this.current = new WeakMap();
    this.currentSince = now;
  }
}

function isObject(message: unknown): message is object {
  return typeof message === 'object' && message !== null;
}
