import { Fault } from '../../../api/fault';
import type { ImportAgentsMutation } from '../../../generated/app';
import type { FileRow } from './agent-file';

/** What the service answered about a row. */
export type RowAnswer = NonNullable<
  NonNullable<ImportAgentsMutation['importAgents']>['rows']
>[number];

/** The results by the ids of rows. */
export type Answers = ReadonlyMap<string, RowAnswer>;

/** Sends at most 100 rows. */
export type SendChunk = (rows: readonly FileRow[], signal: AbortSignal) => Promise<RowAnswer[]>;

export const chunkSize = 100;
/** If a chunk fails temporarily, it is sent again: rows that were written are not written twice. */
const triesMax = 6;
const firstWaitMs = 500;

/**
 * Sends rows in chunks, one after the other, and reports all answers so far after each. Stops between
 * two chunks when it is cancelled.
 */
export async function sendRows(
  rows: readonly FileRow[],
  {
    send,
    signal,
    onAnswers,
  }: { send: SendChunk; signal: AbortSignal; onAnswers: (answers: Answers) => void },
): Promise<void> {
  const answers = new Map<string, RowAnswer>();
  for (let at = 0; at < rows.length && !signal.aborted; at += chunkSize) {
    const chunk = rows.slice(at, at + chunkSize);
    const answered = await sendPatiently(send, chunk, signal);
    chunk.forEach(({ id }, place) => answers.set(id, answered[place]!));
    onAnswers(new Map(answers));
  }
}

async function sendPatiently(
  send: SendChunk,
  chunk: readonly FileRow[],
  signal: AbortSignal,
): Promise<RowAnswer[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await send(chunk, signal);
    } catch (error) {
      const isPassing = error instanceof Fault && error.isPassing;
      if (signal.aborted || !isPassing || tries === triesMax) throw error;
      await new Promise((resolve) => setTimeout(resolve, firstWaitMs * 2 ** (tries - 1)));
    }
  }
}
