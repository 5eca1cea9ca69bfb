import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CreateWebhookDocument } from '../generated/operations';
import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { act, advanceTo } from '../support/desk/streams';
import { createTestFolder } from '../support/folder';
import { codeBlocksOf } from '../support/guide';
import { eventually } from '../support/patience';
import { startProgram, type RunningProgram } from '../support/process';

/* The receiver of docs/webhooks.md, unchanged, follows an account's day through a kill. */

const folder = createTestFolder();
const program = path.join(folder.path, 'receiver.mjs');
const events = path.join(folder.path, 'events.jsonl');
const [receiver] = codeBlocksOf('docs/webhooks.md').filter(
  ({ heading, language }) => heading === 'A receiver' && language === 'js',
);
let site: TestSite;
let desk: Desk;
let running: RunningProgram | undefined;

beforeAll(async () => {
  writeFileSync(program, receiver!.text);
  site = await openTestSite({ DAYPASS_PRIVATE_WEBHOOKS: 'true' });
  desk = await site.openDesk({ agents: 3, passes: 5, lowBalanceThreshold: 3 });
});

afterAll(async () => {
  running?.child.kill();
  await running?.ended;
  await site.close();
  folder.remove();
});

async function start(secret: string, port: string): Promise<string> {
  running = startProgram(process.execPath, [program], {
    ...{ WEBHOOK_SECRET: secret, EVENTS_FILE: events, PORT: port },
  });
  const [, at] = await running.says(/http:\/\/127\.0\.0\.1:(\d+)/);
  return at!;
}

const stored = () =>
  readFileSync(events, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { data: { sequence: number } })
    .map(({ data }) => data.sequence);

test('it verifies, and stores every event once and in order', async () => {
  // Its port is known before its secret: an endpoint that nobody serves yet only waits.
  const port = await start('whsec_', '0');
  running!.child.kill('SIGKILL');
  await running!.ended;
  const input = { url: `http://127.0.0.1:${port}/` };
  const { createWebhookEndpoint } = await act(desk, CreateWebhookDocument, { input });
  await start(createWebhookEndpoint!.secret!, port);
  const [first, second, third] = desk.agents;
  await desk.enter(first!);
  await eventually(async () => expect(stored().length).toBeGreaterThan(0));
  running!.child.kill('SIGKILL');
  await running!.ended;
  const { consumption } = await desk.enter(second!);
  await desk.enter(third!);
  await advanceTo(desk, Date.parse(consumption.expiresAt) + 1_000);
  await start(createWebhookEndpoint!.secret!, port);
  const [journal] = await desk.sql<{ all: number[] }>(
    `select array_agg(sequence order by sequence) as all from journal_entries
     where account_id = $1 and sequence > 1`,
  );
  await desk.sql('update webhook_endpoints set retry_at = null where account_id = $1');
  await eventually(async () => {
    // A failure during the start of the receiver is tried again in seconds.
    await desk.sql('update webhook_endpoints set retry_at = null where account_id = $1');
    expect(stored()).toEqual(journal!.all);
  });
  const forged = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' });
  expect(forged.status).toBe(401);
});
