import { Fault } from '../../api/fault';

/** Reads the page after a cursor; null: the first. */
export type ReadPage<Row> = (
  after: string | null,
  signal: AbortSignal,
) => Promise<{
  totalCount: number | null;
  edges: readonly { node: Row }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}>;

/** If a page fails temporarily, it is read again, up to this number of tries. Each wait is twice the last. */
const triesMax = 6;
const firstWaitMs = 500;

/**
 * A list from its beginning to its end, page by page. `total` is null if the list is longer than
 * the service counts.
 */
export async function* readAllPages<Row>(
  readPage: ReadPage<Row>,
  signal: AbortSignal,
): AsyncGenerator<{ rows: Row[]; total: number | null }, void> {
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<ReadPage<Row>>> = await readPatiently(readPage, after, signal);
    yield { rows: page.edges.map(({ node }) => node), total: page.totalCount };
    signal.throwIfAborted();
    // Each cursor comes after the last one, so the loop stops at the end of the list.
    if (!page.pageInfo.hasNextPage) return;
    after = page.pageInfo.endCursor;
  }
}

async function readPatiently<Row>(
  readPage: ReadPage<Row>,
  after: string | null,
  signal: AbortSignal,
): ReturnType<ReadPage<Row>> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await readPage(after, signal);
    } catch (error) {
      const isPassing = error instanceof Fault && error.isPassing;
      if (signal.aborted || !isPassing || tries === triesMax) throw error;
      await new Promise((resolve) => setTimeout(resolve, firstWaitMs * 2 ** (tries - 1)));
      signal.throwIfAborted();
    }
  }
}
