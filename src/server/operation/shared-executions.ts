import { execute, type DocumentNode, type ExecutionResult } from 'graphql';
import { performance } from 'node:perf_hooks';
import type { ReaderDependencies } from '../../api/reader-dependencies';
import type { RequestContext } from '../../api/context';
import type { ValidOperation } from './operation-request';

/** A result is shared for at most twice this time: its data is not older than that. */
const generationMs = 250;

/**
 * The number of executions that are kept for one message: few documents select it, and few kinds of
 * readers differ.
 */
const executionsMax = 16;

/** One execution for one message, and what it asked about its reader. */
interface Execution {
  document: DocumentNode;
  question: string;
  /** Null if it cannot be shared: it failed, or it is about the reader. */
  shared: Promise<Shared | null>;
}

/** Pays for an execution before it begins, and gets back what was not used. */
interface Payer {
  /** False if the stream was closed while it waited. */
  pay(): boolean | Promise<boolean>;
  /** Null: nothing was executed. */
  settle(result: ExecutionResult | null): void;
}

/** The result for a stream that was closed meanwhile; nobody reads it. */
const unread: ExecutionResult = { data: null };

/** A result, and what its execution asked about its reader. */
interface Shared {
  result: ExecutionResult;
  asked: ReaderDependencies;
}

/**
 * Equal subscriptions of one account receive the same message at one moment. The first reader is
 * answered by an execution of its own. So is the first reader with another question, or with
 * another answer to a question of that execution (a permission, the viewer's identity). All others
 * receive the result of their kind. Messages are the same if they are one object, like the entries
 * of one journal's tail.
 */
export class SharedExecutions {
  private current = new WeakMap<object, Execution[]>();
  private previous = new WeakMap<object, Execution[]>();
  private currentSince = performance.now();

  /**
   * Answers one message of a subscription. `question` is the operation without its document.
   * `payer`, if there is one, pays for an execution; a shared result is free.
   */
  async execute(
    operation: ValidOperation,
    question: string,
    message: unknown,
    payer?: Payer,
  ): Promise<ExecutionResult> {
    const { document } = operation;
    const { contextValue: context } = operation;
    const executions = this.executionsOf(message);
    let isShared = true;
    let isPaid = payer === undefined;
    // It grows meanwhile: among readers with another result, the first executes for the others.
    for (let at = 0; ; at += 1) {
      const known: Execution | undefined = isShared ? executions[at] : undefined;
      if (!known) {
        if (isPaid) break;
        const paid = payer!.pay();
        isPaid = paid instanceof Promise ? await paid : paid;
        if (!isPaid) return unread;
        // While it waited, another may have executed it.
        at -= 1;
        continue;
      }
      if (known.document !== document || known.question !== question) continue;
      const shared: Shared | null = await known.shared;
      isShared = shared !== null;
      if (!shared) continue;
      const isAlike = context.answersAlike(shared.asked);
      if (!(isAlike instanceof Promise ? await isAlike : isAlike)) continue;
      if (isPaid) payer?.settle(null);
      return shared.result;
    }
    const result = run(operation, message);
    const isKept = isShared && executions.length < executionsMax;
    if (isKept) executions.push({ document, question, shared: sharable(result, context) });
    if (payer)
      result.then(
        (done) => payer.settle(done),
        () => payer.settle({ errors: [] }),
      );
    return result;
  }

  /**
   * Answers one message for all readers with the same answers, by a context that no reader uses.
   * `isNew`: it was executed now, and not before by a stream of its own. Null if it failed; PERSONAL if
   * it is about its reader.
   */
  async executeForAll(
    operation: ValidOperation,
    question: string,
    message: unknown,
  ): Promise<(Shared & { isNew: boolean }) | 'PERSONAL' | null> {
    const { document, contextValue: context } = operation;
    const executions = this.executionsOf(message);
    for (const known of executions) {
      if (known.document !== document || known.question !== question) continue;
      const shared = await known.shared;
      if (shared && (await context.answersAlike(shared.asked))) return { ...shared, isNew: false };
    }
    const shared = sharable(run(operation, message), context);
    if (executions.length < executionsMax) executions.push({ document, question, shared });
    const done = await shared;
    if (done) return { ...done, isNew: true };
    return context.caller.dependencies.isPersonal ? 'PERSONAL' : null;
  }

  /** What was recently executed for the message. */
  private executionsOf(message: unknown): Execution[] {
    if (typeof message !== 'object' || message === null) return [];
    this.age();
    let executions = this.current.get(message) ?? this.previous.get(message);
    if (!executions) {
      executions = [];
      this.current.set(message, executions);
    }
    return executions;
  }

  private age(): void {
    const now = performance.now();
    if (now - this.currentSince < generationMs) return;
    this.previous = now - this.currentSince < 2 * generationMs ? this.current : new WeakMap();
    this.current = new WeakMap();
    this.currentSince = now;
  }
}

/** Each message is resolved again: nothing that was read for the last message is reused. */
function run(operation: ValidOperation, message: unknown): Promise<ExecutionResult> {
  operation.contextValue.renew();
  return Promise.resolve(execute({ ...operation, rootValue: message }));
}

async function sharable(
  result: Promise<ExecutionResult>,
  context: RequestContext,
): Promise<Shared | null> {
  try {
    const done = await result;
    const { dependencies: asked } = context.caller;
    return done.errors || asked.isPersonal ? null : { result: done, asked };
  } catch {
    return null;
  }
}
