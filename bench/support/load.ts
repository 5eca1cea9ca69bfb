import type { CpuMeter, Sample } from './cpu';
import { HttpConnection } from './http-connection';

/** Clients of a load, each of which does one thing at a time. */
export const clients = 64;

/** Works off the list with all clients at once. */
export async function eachClient<Item>(
  items: readonly Item[],
  work: (item: Item, client: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const client = async (_: unknown, index: number) => {
    while (next < items.length) await work(items[next++]!, index);
  };
  await Promise.all(Array.from({ length: clients }, client));
}

/** One keep-alive connection for each client, closed when `run` ends. */
export async function withConnections<Result>(
  url: string,
  run: (connections: readonly HttpConnection[]) => Promise<Result>,
): Promise<Result> {
  const connections = await Promise.all(
    Array.from({ length: clients }, () => HttpConnection.open(url)),
  );
  try {
    return await run(connections);
  } finally {
    for (const connection of connections) connection.close();
  }
}

export interface Post {
  body: string;
  bearer: string;
}

/** Answers per second, over so many seconds; the posts are sent in turn, over and over. */
export function answersPerSecond(
  url: string,
  load: {
    posts: readonly Post[];
    seconds: number;
    isWhole: (answer: string) => boolean;
    meter: CpuMeter;
  },
): Promise<Sample> {
  const { posts, seconds, isWhole, meter } = load;
  return withConnections(url, async (connections) => {
    let next = 0;
    let answers = 0;
    const cpuOf = meter.start();
    const startedAt = performance.now();
    const endsAt = startedAt + seconds * 1_000;
    const client = async (connection: HttpConnection) => {
      while (performance.now() < endsAt) {
        const { body, bearer } = posts[next++ % posts.length]!;
        const answer = await connection.post(body, bearer);
        if (!isWhole(answer)) throw new Error(`Not what was asked for: ${answer.slice(0, 500)}`);
        answers += 1;
      }
    };
    await Promise.all(connections.map(client));
    const value = answers / ((performance.now() - startedAt) / 1_000);
    return { value, cpu: cpuOf(answers) };
  });
}
