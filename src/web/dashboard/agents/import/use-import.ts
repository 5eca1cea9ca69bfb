import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ImportAgentsDocument, type Section } from '../../../generated/app';
import { ask } from '../../../session/use-api-query';
import type { FileRow } from './agent-file';
import { sendRows, type Answers, type SendChunk } from './send-rows';

/** What new agents get. */
export interface Choices {
  invite: boolean;
  /** The sections of those who are occasional. */
  sections: readonly Section[];
}

export interface Import {
  plan: Answers;
  done: Answers;
  busy: 'CHECK' | 'IMPORT' | null;
  wasStopped: boolean;
  error: Error | null;
  check: (rows: readonly FileRow[]) => void;
  run: (rows: readonly FileRow[], choices: Choices) => void;
  stop: () => void;
}

const nothing: Answers = new Map();

/** The dry run of a file, and the import after it. Each can be stopped and continued. */
export function useImport(): Import {
  const queries = useQueryClient();
  const [plan, setPlan] = useState<Answers>(nothing);
  const [done, setDone] = useState<Answers>(nothing);
  const [busy, setBusy] = useState<Import['busy']>(null);
  const [wasStopped, setStopped] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  const work = async (
    kind: 'CHECK' | 'IMPORT',
    rows: readonly FileRow[],
    given: { send: SendChunk; before: Answers; set: (answers: Answers) => void },
  ) => {
    if (running.current) return;
    const { send, before, set } = given;
    const control = (running.current = new AbortController());
    setBusy(kind);
    setError(null);
    setStopped(false);
    try {
      const { signal } = control;
      const onAnswers = (answers: Answers) => set(new Map([...before, ...answers]));
      await sendRows(rows, { send, signal, onAnswers });
    } catch (failure) {
      if (!control.signal.aborted) setError(failure as Error);
    } finally {
      running.current = null;
      setBusy(null);
      setStopped(control.signal.aborted);
      if (kind === 'IMPORT') void queries.invalidateQueries();
    }
  };

  return {
    plan,
    done,
    busy,
    wasStopped,
    error,
    check(rows) {
      const left = rows.filter(({ id, faults }) => faults.length === 0 && !plan.has(id));
      void work('CHECK', left, { send: sendDry, before: plan, set: setPlan });
    },
    run(rows, choices) {
      const send: SendChunk = async (chunk) => rowsOf(await sendChunk(chunk, plan, choices));
      void work('IMPORT', rowsToImport(rows, plan, done), { send, before: done, set: setDone });
    },
    stop: () => running.current?.abort(),
  };
}

/** The rows that add or change an agent and were not sent yet. */
export function rowsToImport(rows: readonly FileRow[], plan: Answers, done: Answers): FileRow[] {
  const writes = ['CREATED', 'UPDATED'];
  return rows.filter(({ id }) => writes.includes(plan.get(id)?.outcome ?? '') && !done.has(id));
}

const sendDry: SendChunk = async (chunk, signal) => {
  const rows = chunk.map(({ input }) => input);
  return rowsOf(await ask(ImportAgentsDocument, { input: { rows, dryRun: true } }, signal));
};

/** Not ended by the signal: a chunk that was sent is answered. */
function sendChunk(chunk: readonly FileRow[], plan: Answers, { invite, sections }: Choices) {
  const rows = chunk.map(({ id, input }) => {
    const isNew = plan.get(id)?.outcome === 'CREATED';
    const isOccasional = (input.type ?? 'OCCASIONAL') === 'OCCASIONAL';
    return isNew && isOccasional ? { ...input, sections: [...sections] } : input;
  });
  return ask(ImportAgentsDocument, { input: { rows, invite } });
}

const rowsOf = ({ importAgents }: Awaited<ReturnType<typeof sendChunk>>) => importAgents!.rows!;
