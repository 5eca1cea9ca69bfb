import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { PlannedRow } from './plan-acts';
import { rowsLeft, runActs, type ActAnswer, type Results } from './run-acts';

export interface Bulk {
  results: Results;
  isRunning: boolean;
  wasStopped: boolean;
  /** What ended the run. */
  error: Error | null;
  /** Sends the rows that are not done yet, so a second run repeats nothing. */
  run: (rows: readonly PlannedRow[], given: Given) => void;
  stop: () => void;
  /** For the next act. */
  reset: () => void;
}

interface Given {
  send: (row: PlannedRow) => Promise<ActAnswer>;
  isRepeatable: boolean;
}

/**
 * One act for many agents: can be stopped, continued, and repeated for the agents that failed. It sends
 * the mutation for one agent again and again. A mutation for a list would be a second way for each act,
 * with refusals of its own. If the page is closed, the rest is not done.
 */
export function useBulk(): Bulk {
  const queries = useQueryClient();
  const [results, setResults] = useState<Results>(new Map());
  const [isRunning, setRunning] = useState(false);
  const [wasStopped, setStopped] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (rows: readonly PlannedRow[], given: Given) => {
    if (running.current) return;
    const { signal } = (running.current = new AbortController());
    setRunning(true);
    setStopped(false);
    setError(null);
    try {
      await runActs(rowsLeft(rows, results), {
        ...given,
        signal,
        onResult: (id, result) => setResults((before) => new Map([...before, [id, result]])),
      });
    } catch (failure) {
      setError(failure as Error);
    } finally {
      running.current = null;
      setRunning(false);
      setStopped(signal.aborted);
      void queries.invalidateQueries();
    }
  };

  return {
    results,
    isRunning,
    wasStopped,
    error,
    run: (rows, given) => void start(rows, given),
    stop: () => running.current?.abort(),
    reset() {
      setResults(new Map());
      setStopped(false);
      setError(null);
    },
  };
}
