import { openGateSite, GatePage, type GateSite } from '../support/browser/gate-page';
import { startProgram, type RunningProgram } from '../support/process';

let at: GateSite;
let examples: RunningProgram;

beforeAll(async () => {
  at = await openGateSite();
});
afterEach(async () => {
  examples.child.kill();
  await Promise.all([examples.ended, at.closeWindows()]);
});
afterAll(() => at.close());

/** The examples as their README starts them, for an agent of a desk. */
async function startExamples() {
  const desk = await at.site.openDesk({ passes: 5 });
  const email = `tomas@${desk.slug}.example`;
  await desk.addAgents([{ email }]);
  const { url, databaseUrl } = at.site.service;
  const args = ['--port', '0', '--service', url, '--account', desk.slug, '--email', email];
  examples = startProgram(process.execPath, ['examples/serve.mjs', ...args], {
    DATABASE_URL: databaseUrl,
  });
  const [, plain, react] = await examples.says(/HTML\s+(\S+)\s+React\s+(\S+)/);
  return { desk, plain: plain!, react: react! };
}

test('the example in plain HTML: the agent opens the agent portal, proceeds, and has access', async () => {
  const { desk, plain } = await startExamples();
  const page = await (await at.openWindow()).newPage();
  await page.goto(plain);
  const gate = new GatePage(page);
  await page.getByRole('link', { name: 'Agent portal' }).click();
  await gate.notNow.click();
  await page.getByRole('heading', { name: 'Contact portal' }).waitFor();
  await page.getByRole('link', { name: 'Agent portal' }).click();
  await gate.proceed.click();
  await page.getByLabel('A reply').fill('Try switching it off.');
  expect(await desk.balance()).toBe(4);
});

test('the example in React: the same', async () => {
  const { desk, react } = await startExamples();
  const page = await (await at.openWindow()).newPage();
  await page.goto(react);
  const gate = new GatePage(page);
  await page.getByRole('button', { name: 'Switch to the agent portal' }).click();
  await gate.proceed.click();
  await page.getByLabel('A reply').fill('Try switching it off.');
  await page.getByText('In until').waitFor();
  expect(await desk.balance()).toBe(4);
});
