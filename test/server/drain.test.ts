import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { Client } from 'pg';
import { addAccounts, contactBearer } from '../support/desk/bearer';
import { createTestDatabase } from '../support/desk/database';
import { startProgram } from '../support/process';

const listening = /Daypass is at (http:\S+)/;
/** Each of another account, so that none of them shares a read with its neighbour. */
const slugs = Array.from({ length: 8 }, (_, index) => `account-${index}`);
const answers = slugs.map((slug) => ({
  status: 200,
  body: { data: { account: { slug } }, extensions: { cost: expect.anything() } },
}));

/** A request over a connection of the agent's; rejects if the socket refuses it. */
async function ask(url: string, bearer: string, agent: Agent) {
  const request = httpRequest(`${url}/graphql`, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
  });
  request.end('{"query":"{ account { slug } }"}');
  const [response] = await once(request, 'response');
  let text = '';
  for await (const part of response) text += String(part);
  return { status: response.statusCode as number, body: JSON.parse(text) };
}

test('under load, running requests are answered and later ones are refused', async () => {
  const database = await createTestDatabase();
  await addAccounts(database.url, slugs);
  const service = startProgram(process.execPath, ['dist/src/main.js'], {
    PORT: '0',
    DATABASE_URL: database.url,
    DAYPASS_DEMO: 'false',
    LOG_LEVEL: 'info',
  });
  const keptAlive = new Agent({ keepAlive: true });
  const client = new Client(database.url);
  await client.connect();
  try {
    const [, url = ''] = await service.says(listening);
    const bearers = await Promise.all(slugs.map((slug) => contactBearer(database.url, { slug })));
    const askAll = () => Promise.all(bearers.map((bearer) => ask(url, bearer, keptAlive)));
    // Connections that were used before and are kept alive, as portals and balancers keep them.
    expect(await askAll()).toEqual(answers);
    await client.query('begin');
    await client.query('lock table accounts in access exclusive mode');
    const underWay = askAll();
    await waitersFor(client, slugs.length);

    service.child.kill('SIGTERM');
    await refusal(url);
    await client.query('rollback');
    expect(await underWay).toEqual(answers);
    expect(await service.ended).toEqual({ code: 0, signal: null });
  } finally {
    service.child.kill('SIGKILL');
    await service.ended;
    await client.end();
    keptAlive.destroy();
  }
  await database.drop();
});

/** Comes again with a connection of its own until the socket refuses one; each before is answered. */
async function refusal(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/healthz`, { headers: { connection: 'close' } }).catch(
      (error: Error & { cause?: { code?: string } }) => error.cause?.code ?? error.message,
    );
    if (typeof answer === 'string') {
      expect(['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET']).toContain(answer);
      return;
    }
    expect(await answer.json()).toEqual({ status: 'ok' });
  }
}

/** Waits until so many sessions wait for a lock of the client's transaction. */
async function waitersFor(client: Client, count: number): Promise<void> {
  for (let look = 0; look < 300; look += 1) {
    const waiting = await client.query('select from pg_locks where not granted');
    if ((waiting.rowCount ?? 0) >= count) return;
    await client.query('select pg_sleep(0.01)');
  }
  throw new Error('They did not come to wait for the lock.');
}
