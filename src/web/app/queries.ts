import { notifyManager, QueryClient } from '@tanstack/react-query';
import { Fault } from '../api/fault';

const triesMax = 3;

// An answer is drawn at once, not after a timer.
notifyManager.setScheduler(queueMicrotask);

/** The cache of everything that was read. Streams invalidate what has changed. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A person who returns to a window sees at once what was done in another.
      refetchOnWindowFocus: 'always',
      // A refusal is final; only faults that may pass are retried.
      retry: (failures, error) =>
        error instanceof Fault && error.isPassing && failures < triesMax - 1,
    },
    // Without a network a mutation fails at once. It must not wait and run later unasked.
    mutations: { retry: false, networkMode: 'always' },
  },
});
