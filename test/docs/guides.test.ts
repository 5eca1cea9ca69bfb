import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '../support/desk/database';
import { createTestFolder } from '../support/folder';
import { GatePage } from '../support/browser/gate-page';
import { codeBlocksOf } from '../support/guide';
import { eventually, longWaits } from '../support/patience';
import { startProgram, type RunningProgram } from '../support/process';
import { Terminal } from '../support/terminal';
import { openWindows } from '../support/browser/windows';

/*
 * The code blocks of the guides run unchanged, except for the service's address and the place of
 * its data.
 */

let database: TestDatabase;
let service: RunningProgram;
let address: string;
const terminals: Terminal[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  service = startProgram(process.execPath, ['dist/src/main.js'], {
    PORT: '0',
    DATABASE_URL: database.url,
    ...longWaits,
  });
  const [, host] = await service.says(/Daypass is at http:\/\/(\S+)/);
  address = host!;
});

afterEach(() => Promise.all(terminals.splice(0).map((terminal) => terminal.close())));

afterAll(async () => {
  service.child.kill();
  await service.ended;
  await database.drop();
});

/** One terminal runs `npx` as it is; that is enough to know that it finds the command line. */
function openTerminal({ quickNpx = true } = {}) {
  const terminal = new Terminal({ DATABASE_URL: database.url, PORT: '0' }, { quickNpx });
  terminals.push(terminal);
  return terminal;
}

function blocksOf(file: string, heading: string, language: string): string[] {
  return codeBlocksOf(file)
    .filter((block) => block.heading === heading && block.language === language)
    .map(({ text }) => text.replaceAll('127.0.0.1:4000', address));
}

const readme = (heading: string) => blocksOf('README.md', heading, 'sh');

test('README: the terminal that watches prints what the other one does', async () => {
  const [desk, watch] = [openTerminal(), openTerminal({ quickNpx: false })];
  const [setUp, question] = readme('The first query');
  const [consume] = readme('The first consumption');
  const ask = async (block: string) => JSON.parse(await desk.run(block)).data;
  const lines = <Data>(name: string) =>
    watch.lines().flatMap((line) => (name in line ? [line[name] as Data] : []));
  const events = () => lines<{ __typename: string; occurredAt: string }>('dayPassEvents');
  const changes = () => lines<{ balance: number; delta: number }>('dayPassWalletChanged');

  await desk.run(setUp!);
  const { viewer } = await ask(question!);
  const { confirmation } = viewer.portalAccess;
  expect(confirmation).toMatchObject({ token: expect.any(String), notice: expect.any(String) });

  watch.start(readme('The first subscription')[0]!);
  await watch.prints(/dayPassWalletChanged/);
  expect(changes()).toMatchObject([{ balance: confirmation.balance }]);

  const { consumeDayPass } = await ask(consume!);
  const balance = confirmation.balance - 1;
  const { consumption } = consumeDayPass;
  expect(consumeDayPass).toMatchObject({ replayed: false, wallet: { balance }, userErrors: [] });
  expect(consumption.expiresAt).toBe(confirmation.passExpiresAt);
  await eventually(async () => {
    expect(changes().at(-1)).toMatchObject({ balance, delta: -1 });
    expect(events()).toMatchObject([{ __typename: 'DayPassConsumed', balance }]);
  });
  expect((await ask(consume!)).consumeDayPass).toMatchObject({
    replayed: true,
    wallet: { balance },
  });

  const { advanceTestClock } = await ask(readme('Midnight')[0]!);
  expect(advanceTestClock.userErrors).toEqual([]);
  await eventually(async () =>
    expect(events()).toContainEqual(
      expect.objectContaining({ __typename: 'DayPassExpired', occurredAt: consumption.expiresAt }),
    ),
  );

  watch.ctrlC();
  watch.start(readme('Server-sent events')[0]!);
  await watch.prints(/^:/m);
  await ask(question!);
  expect((await ask(consume!)).consumeDayPass).toMatchObject({ replayed: false, userErrors: [] });
  await watch.prints(/^id: ?\S+\n(?:event: ?next\n)?data: .*"DayPassConsumed"/m);
});

test('docs/embed.md: a portal of one page and one server opens the gate', async () => {
  const file = 'docs/embed.md';
  const [html] = blocksOf(file, 'Embed the gate', 'html');
  const [readmeHtml] = blocksOf('README.md', 'Embed the gate', 'html');
  expect(html).toContain(readmeHtml);
  const [createKey, start] = blocksOf(file, 'A portal of your own', 'sh');
  const [server] = blocksOf(file, 'A portal of your own', 'js');

  const folder = createTestFolder();
  const windows = await openWindows();
  try {
    writeFileSync(path.join(folder.path, 'index.html'), html!);
    writeFileSync(path.join(folder.path, 'portal.mjs'), server!);
    const terminal = openTerminal();
    // A day later, so that no pass of the README's runs any more.
    for (const block of [readme('The first query')[0]!, readme('Midnight')[0]!]) {
      await terminal.run(block);
    }
    await terminal.run(createKey!);
    await terminal.run(`cd '${folder.path}'`);
    terminal.start(start!);
    const [, url] = await terminal.prints(/The portal is at (\S+)/);

    const page = await (await windows.open()).newPage();
    await page.goto(url!);
    const gate = new GatePage(page);
    const content = page.getByText('… your agent portal …');
    await gate.popUp.waitFor();
    expect(await content.isVisible()).toBe(false);
    await gate.proceed.click();
    await content.waitFor();
    // The page of the guide has no icon.
    await windows.closeAll(/status of 404/);
  } finally {
    await windows.close();
    folder.remove();
  }
});
