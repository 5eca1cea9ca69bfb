import { createTestFolder } from '../support/folder';
import { complaintsOfAxe } from '../support/browser/pages';
import { startProgram, type RunningProgram } from '../support/process';
import { openWindows, type Windows } from '../support/browser/windows';

let service: RunningProgram;
let url: string;
let windows: Windows;
const data = createTestFolder();

beforeAll(async () => {
  // As `npm start` does on a machine that has never run it.
  service = startProgram(process.execPath, ['dist/src/main.js'], {
    PORT: '0',
    DAYPASS_DATA_DIR: data.path,
  });
  [, url = ''] = await service.says(/Daypass is at (http:\S+)/);
  windows = await openWindows(`${url}/healthz`);
});
afterEach(() => windows.closeAll());
afterAll(async () => {
  await windows.close();
  service.child.kill('SIGTERM');
  await service.ended;
  data.remove();
});

test('a newcomer goes through the whole story in two tabs', async () => {
  const window = await windows.open();
  const come = async (role: string) => {
    const tab = await window.newPage();
    await tab.goto(url);
    await tab.getByRole('button', { name: role }).first().click();
    await tab.getByRole('heading', { level: 1 }).waitFor();
    return tab;
  };
  const admin = await come('account admin');
  const agent = await come('occasional agent');
  const left = admin.locator('[data-fact=balance]');
  await left.waitFor();
  const before = Number(await left.innerText());

  // A click on a ticket, the pop-up, Proceed, in.
  const ticket = agent.getByRole('table').getByRole('link').first();
  const subject = await ticket.innerText();
  await ticket.click();
  const popUp = agent.getByRole('dialog');
  await popUp.waitFor();
  expect(await popUp.locator('[data-fact=balance]').innerText()).toBe(String(before));
  await agent.getByRole('button', { name: 'Proceed' }).click();
  await agent.getByRole('heading', { level: 1, name: subject }).waitFor();

  // The admin has seen it: one pass less, and whose it is.
  await admin.getByLabel(`${(before - 1).toLocaleString('en')} passes left`).waitFor();
  const name = (await agent.getByRole('banner').getByRole('button').last().innerText()).trim();
  const feed = admin.locator('[data-fact=feed]');
  await feed.getByText(name).first().waitFor();
  expect(await complaintsOfAxe(admin)).toEqual([]);
  expect(await complaintsOfAxe(agent)).toEqual([]);

  // At midnight of the agent the pop-up is back, and the ticket is not to be seen.
  await admin.getByRole('button', { name: 'To midnight' }).click();
  await admin.getByRole('menuitem', { name }).click();
  await popUp.waitFor();
  expect(await agent.getByRole('heading', { level: 1, name: subject }).isVisible()).toBe(false);
});
