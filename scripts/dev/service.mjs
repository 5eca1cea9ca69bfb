import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A service that does not drain in this time is killed: nobody waits for it at a desk. */
const drainMaxMs = 10_000;

/** The service, run from its sources, always at one address. */
export class DevService {
  #child = null;
  #wanted = false;
  #turning = null;
  #isUp = false;
  #up = withResolvers();

  /** `publicUrl` is the address that a developer opens: Vite's. */
  constructor(root, { port, publicUrl }) {
    this.root = root;
    this.url = `http://127.0.0.1:${port}`;
    this.publicUrl = publicUrl;
    const own = { PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: publicUrl };
    this.environment = { ...process.env, ...own };
  }

  /** Resolves when the service accepts requests; a restart makes it wait again. */
  get up() {
    return this.#up.promise;
  }

  /** Ends the process, if one runs, and starts the sources as they are now. Several calls are one. */
  restart() {
    this.#wanted = true;
    this.#turning ??= this.#turn().finally(() => (this.#turning = null));
    return this.#turning;
  }

  async stop() {
    this.#wanted = false;
    await this.#end();
  }

  async #turn() {
    while (this.#wanted) {
      this.#wanted = false;
      // A request that waits for a start that failed waits for the next one.
      if (this.#isUp) this.#up = withResolvers();
      this.#isUp = false;
      await this.#end();
      await this.#start();
    }
  }

  async #start() {
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', '-r', '@swc-node/register', 'src/main.ts'],
      { cwd: this.root, env: this.environment, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#child = child;
    let printed = '';
    const said = new Promise((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text) => {
        process.stdout.write(text.replaceAll(this.url, this.publicUrl));
        printed += text;
        if (printed.includes('Daypass is at ')) resolve(true);
      });
      child.once('exit', () => resolve(false));
    });
    this.#isUp = await said;
    if (this.#isUp) this.#up.resolve();
    else console.log('The service has ended. It is started again when a source changes.');
  }

  async #end() {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const late = setTimeout(() => child.kill('SIGKILL'), drainMaxMs);
    child.kill('SIGTERM');
    await once(child, 'exit');
    clearTimeout(late);
  }
}

/** A port that was free a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Node 20 has no Promise.withResolvers. */
function withResolvers() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}
