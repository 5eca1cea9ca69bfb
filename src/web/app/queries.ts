import { QueryClient } from '@tanstack/react-query';
import { Fault } from '../api/fault';

const triesMax = 3;

/** What has been read, for as long as it is looked at. Streams say when it is old. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // Whoever comes back to a window sees what was done in another, however shortly ago.
      refetchOnWindowFocus: 'always',
      // A refusal stays one.
      retry: (failures, error) =>
        error instanceof Fault && error.isPassing && failures < triesMax - 1,
    },
    // Without a network an act fails at once and says so: it does not wait to be done unasked.
    mutations: { retry: false, networkMode: 'always' },
  },
});
