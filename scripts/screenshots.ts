/**
 * `npm run screenshots`: takes the pictures of the README from the demo. Look at them before you
 * commit them: what is wrong in a picture is wrong in the page.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startBrowser } from '../test/support/browser/browser';
import { unpackChromium } from '../test/support/browser/run-chromium';
import { createTestFolder } from '../test/support/folder';
import { RunHost } from '../test/support/jest/run-host';
import { startProgram } from '../test/support/process';

const folder = path.join(__dirname, '../docs/screens');
const desk = { viewport: { width: 1200, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const host = new RunHost({ chromium: unpackChromium });
  await host.listen();
  const { browser, close } = await startBrowser();
  const data = createTestFolder();
  const service = startProgram(process.execPath, ['dist/src/main.js'], {
    PORT: '0',
    DAYPASS_DATA_DIR: data.path,
  });
  try {
    const [, url = ''] = await service.says(/Daypass is at (http:\S+)/);
    await takeAll(browser, url);
  } finally {
    await close();
    service.child.kill('SIGTERM');
    await service.ended;
    data.remove();
    await host.close();
  }
}

async function takeAll(browser: Browser, url: string): Promise<void> {
  const open = async (role: string, options: BrowserContextOptions = desk) => {
    const context = await browser.newContext({
      locale: 'en-GB',
      colorScheme: 'light',
      ...options,
    });
    const page = await context.newPage();
    await page.goto(url);
    if (role) await page.getByRole('button', { name: role }).first().click();
    await page.getByRole('banner').waitFor();
    return page;
  };

  const agent = await open('occasional agent');
  const dialog = agent.getByRole('dialog');
  await agent.getByRole('link', { name: 'Agent portal' }).first().click();
  await dialog.waitFor();
  await take(agent, 'pop-up');
  await dialog.screenshot({ path: path.join(folder, '../gate.png'), animations: 'disabled' });
  await agent.getByRole('button', { name: 'Not now' }).click();
  await dialog.waitFor({ state: 'hidden' });
  // By a click on a ticket: the pop-up names it.
  await agent.getByRole('table').getByRole('link').first().click();
  await dialog.waitFor();
  await take(agent, 'ticket-gate');
  await agent.getByRole('button', { name: 'Proceed' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await agent.getByRole('link', { name: 'Agent portal' }).first().click();
  await agent.getByRole('heading', { level: 1, name: 'Tickets' }).waitFor();
  await take(agent, 'tickets');
  await agent.getByRole('table').getByRole('link').first().click();
  await agent.getByRole('heading', { level: 1 }).waitFor();
  await take(agent, 'ticket');

  const pocket = await open('occasional agent with access', phone);
  await pocket.goto(`${url}/portal/desk`);
  await pocket.getByRole('heading', { level: 1, name: 'Tickets' }).waitFor();
  await take(pocket, 'tickets-phone');

  const admin = await open('account admin', { viewport: { width: 1200, height: 1100 } });
  await admin.locator('svg.history').waitFor();
  await take(admin, 'overview');
  await admin.setViewportSize(desk.viewport);
  for (const [name, link, sign] of [
    ['ledger', 'Ledger', 'table'],
    ['agents', 'Agents', 'table'],
    ['buy', 'Buy', 'textbox'],
  ] as const) {
    await admin.getByRole('link', { name: link, exact: true }).first().click();
    await admin.getByRole('heading', { level: 1, name: link }).waitFor();
    await admin.getByRole(sign).first().waitFor();
    await take(admin, name);
  }
  for (const [name, options] of [
    ['overview-dark', { ...desk, colorScheme: 'dark' }],
    ['overview-phone', phone],
  ] as const) {
    const page = await open('account admin', options);
    await page.locator('svg.history').waitFor();
    await take(page, name);
  }
}

/** Takes the picture when everything is loaded. */
async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
  console.log(`docs/screens/${name}.png`);
}

void main();
