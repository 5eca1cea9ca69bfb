import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Something that a run needs at most once: how it is made, what it is called to workers, its end. */
export interface Made {
  answer: string;
  dispose(): Promise<void>;
}

/**
 * Makes things when the first test file asks for them, in jest's own process, where they outlive
 * every worker. A run of tests that need none of them makes none.
 */
export class RunHost {
  private readonly made = new Map<string, Promise<Made>>();
  private server: Server | undefined;

  constructor(private readonly makers: Readonly<Record<string, () => Promise<Made>>>) {}

  /** Listens for workers; `fromRunHost` finds it by the environment that they inherit. */
  async listen(): Promise<void> {
    const server = createServer((request, response) => {
      // A worker that comes back much later would meet a connection that is being closed.
      response.setHeader('connection', 'close');
      this.make(request.url!.slice(1)).then(
        ({ answer }) => response.end(answer),
        (error: unknown) => response.writeHead(500).end(String((error as Error).stack)),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    process.env.TEST_RUN_HOST = `http://127.0.0.1:${port}`;
    this.server = server;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
    for (const made of this.made.values()) {
      await made.then(
        ({ dispose }) => dispose(),
        () => {},
      );
    }
  }

  private make(name: string): Promise<Made> {
    const known = this.made.get(name);
    if (known) return known;
    const maker = this.makers[name];
    if (!maker) return Promise.reject(new Error(`The run host makes no ${name}.`));
    // jest knows sources only while it sets up; a server's watchdog is found among them later.
    require.extensions['.ts'] ??= require.extensions['.js'];
    const made = maker();
    this.made.set(name, made);
    return made;
  }
}

/** What the run has of that name, made now if nobody has asked before. */
export async function fromRunHost(name: string): Promise<string> {
  const host = process.env.TEST_RUN_HOST;
  if (!host) throw new Error('There is no run host: see global-setup.ts.');
  const response = await fetch(`${host}/${name}`);
  const answer = await response.text();
  if (!response.ok) throw new Error(`The run has no ${name}. ${answer}`);
  return answer;
}
