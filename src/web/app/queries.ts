import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Fault } from '../api/fault';
import { ViewerDocument } from '../generated/app';
import { nameOf } from '../session/use-ask';

const triesMax = 3;

/** What has been read, for as long as it is looked at. Streams say when it is old. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: lookAtViewer }),
  mutationCache: new MutationCache({ onError: lookAtViewer }),
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

/** Who is refused may have become somebody else meanwhile: converted, or of another role. */
function lookAtViewer(error: Error): void {
  if (!(error instanceof Fault) || !['DAY_PASS_REQUIRED', 'FORBIDDEN'].includes(error.code)) return;
  void queries.invalidateQueries({ queryKey: [nameOf(ViewerDocument)] });
}
