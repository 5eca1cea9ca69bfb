import { Fault } from '../../../api/fault';
import type { PlannedRow } from './plan-acts';

/** Why the service refused it for one agent. */
interface Refusal {
  code: string;
  message: string;
}

/** What the service answered about one agent. */
export interface ActAnswer {
  userErrors: readonly Refusal[];
  /** Of an invitation. */
  mailSent?: boolean | null;
  activationLink?: string | null;
  /** Of a deactivation. */
  openTicketCount?: number | null;
  agent?: { id: string; status?: string } | null;
}

export type RowResult = { done: ActAnswer } | { failed: Refusal | Fault };

/** The results by the ids of agents. */
export type Results = ReadonlyMap<string, RowResult>;

/** A request that failed temporarily is sent again: each act says what an agent shall be. */
const triesMax = 4;
const firstWaitMs = 500;

/**
 * Sends one request per agent, in order, and reports each answer. It stops between two agents when it
 * is cancelled. A refusal concerns one agent, and the next one follows; any other fault concerns all
 * of them, so it ends the run and is thrown.
 */
export async function runActs(
  rows: readonly PlannedRow[],
  given: {
    send: (row: PlannedRow) => Promise<ActAnswer>;
    /** False for mails: a second try would send a second mail. */
    isRepeatable: boolean;
    signal: AbortSignal;
    onResult: (id: string, result: RowResult) => void;
    wait?: (ms: number) => Promise<void>;
  },
): Promise<void> {
  const { send, isRepeatable, signal, onResult, wait = pause } = given;
  for (const row of rows) {
    if (signal.aborted) return;
    try {
      const answer = await sendPatiently(() => send(row), isRepeatable ? triesMax : 1, wait);
      const [refusal] = answer.userErrors;
      onResult(row.id, refusal ? { failed: refusal } : { done: answer });
    } catch (error) {
      const fault = error instanceof Fault ? error : new Fault('NO_ANSWER');
      onResult(row.id, { failed: fault });
      // The pace of mails is that of one address.
      if (fault.code !== 'RATE_LIMITED' || isRepeatable) throw fault;
    }
  }
}

/**
 * The agents that the act changes and that are not done: those that were not sent, then those that
 * failed, so that one that fails each time does not hold up the others.
 */
export function rowsLeft(rows: readonly PlannedRow[], results: Results): PlannedRow[] {
  const toChange = rows.filter(({ skip }) => skip === null);
  const hasFailed = ({ id }: PlannedRow) => {
    const result = results.get(id);
    return result !== undefined && 'failed' in result;
  };
  return [...toChange.filter(({ id }) => !results.has(id)), ...toChange.filter(hasFailed)];
}

async function sendPatiently(
  send: () => Promise<ActAnswer>,
  tries: number,
  wait: (ms: number) => Promise<void>,
): Promise<ActAnswer> {
  for (let count = 1; ; count += 1) {
    try {
      return await send();
    } catch (error) {
      const isPassing = error instanceof Fault && error.isPassing;
      if (!isPassing || count === tries) throw error;
      await wait(firstWaitMs * 2 ** (count - 1));
    }
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
