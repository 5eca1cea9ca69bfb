import { apiAddress } from '../support/browser/api-address';
import type { Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { TouchTicketsDocument, WhatIsThisKeyDocument } from '../generated/operations';
import { dataOf, eventually, faultCodeOf, type Desk } from '../support/desk/desk';
import { addAgentKey, addKey } from '../support/desk/keys';
import { openReceiver } from '../support/desk/receiver';
import { complaintsOfAxe, goWithin, openPagesSite, type PagesSite } from '../support/browser/pages';
import { scopes as allScopes } from '../../src/access/scopes';
import { longTest } from '../support/size';

let at: PagesSite;

beforeAll(async () => {
  at = await openPagesSite({ DAYPASS_PRIVATE_WEBHOOKS: 'true' });
});
afterEach(() => at.closeWindows());
afterAll(() => at.close());

const openDesk = async () => {
  const desk = await at.site.openDesk({ agents: 0, passes: 5 });
  await desk.sql(`update agents set name = 'Wanda Admin' where account_id = $1`);
  desk.agents = await desk.addAgents([{ name: 'Otto Occasional' }]);
  return desk;
};

const openKeys = async (desk: Desk) => at.openAs(await at.openWindow(), desk.admin, '/admin/keys');
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });
const said = (page: Page, text: string) => page.getByText(text).first().waitFor();

/** Fills in a key of Otto's, up to what it does without a pass. */
async function fillAgentKey(page: Page, name: string): Promise<void> {
  await button(page, 'New key').click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('combobox', { name: 'Agent' }).fill('otto');
  await page.getByRole('option', { name: /^Otto Occasional, Occasional/ }).click();
}

/** The secret, as it is shown. */
const secretOf = (page: Page) => page.getByLabel('The key’s secret', { exact: true }).innerText();

const withKey = (bearer: string) => ({
  touch: () => at.site.service.request(TouchTicketsDocument, { token: bearer }),
  ask: () => at.site.service.request(WhatIsThisKeyDocument, { token: bearer }),
});

test('an agent’s key that uses passes works, is shown once, and stops when it is revoked', async () => {
  const desk = await openDesk();
  const page = await openKeys(desk);
  await fillAgentKey(page, 'Nightly export');
  // What it costs is nobody's choice but the admin's.
  await button(page, 'Create key').click();
  await said(page, 'Choose one. It decides what the integration costs.');
  await page.getByRole('radio', { name: 'Use a day pass' }).check();
  await button(page, 'Create key').dblclick();
  await said(page, 'Save this secret now');
  await page.keyboard.press('Escape');
  const key = withKey(await secretOf(page));
  await button(page, 'I have saved it').click();
  await row(page, 'Nightly export').getByText('Active').waitFor();
  expect(await page.getByRole('row').count()).toBe(2);
  expect(await row(page, 'Nightly export').innerText()).toMatch(
    /Otto Occasional[\s\S]*Uses a day pass if needed/,
  );

  dataOf(await key.touch());
  expect(await desk.balance()).toBe(4);
  await button(page, 'Revoke Nightly export').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await row(page, 'Nightly export').getByText('Revoked').waitFor();
  expect(faultCodeOf(await key.ask())).toBe('UNAUTHENTICATED');
  expect(await button(page, 'Revoke Nightly export').count()).toBe(0);
  // Its button is gone, and the keyboard is not lost with it.
  await eventually(async () => expect(await page.locator(':focus').innerText()).toBe('API keys'));
});

longTest('an agent’s key that refuses uses no pass; its secret is copied by a click', async () => {
  const desk = await openDesk();
  const window = await at.openWindow();
  await window.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await at.openAs(window, desk.admin, '/admin/keys');
  await fillAgentKey(page, 'Careful');
  await page.getByLabel('Refuse the request').check();
  await page.route(apiAddress, (route) =>
    route.request().postData()?.includes('mutation CreateApiKey')
      ? route.abort()
      : route.continue(),
  );
  await button(page, 'Create key').click();
  await said(page, 'The service did not answer, so the key may exist.');
  await page.unrouteAll();
  // A later refusal does not say what became of the first try.
  await page.route(apiAddress, (route) =>
    route.request().postData()?.includes('mutation CreateApiKey')
      ? route.fulfill({ json: { errors: [{ extensions: { code: 'RATE_LIMITED' } }] } })
      : route.continue(),
  );
  await button(page, 'Create key').click();
  await said(page, 'Too many requests.');
  await said(page, 'The service did not answer, so the key may exist.');
  await page.unrouteAll();
  await button(page, 'Create key').click();
  await said(page, 'Save this secret now');
  const secret = await secretOf(page);
  await button(page, 'Copy: The key’s secret').click();
  await button(page, 'The key’s secret: copied').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret);
  expect(faultCodeOf(await withKey(secret).touch())).toBe('DAY_PASS_REQUIRED');
  expect(await desk.balance()).toBe(5);
});

longTest('a service key has the scopes that were chosen, and an end', async () => {
  const desk = await openDesk();
  const page = await openKeys(desk);
  await button(page, 'New key').click();
  await page.getByLabel('Service key').check();
  await page.getByRole('dialog').getByLabel('Name').fill('Partner');
  await button(page, 'Create key').click();
  await said(page, 'Choose at least one.');
  await page.getByLabel('Read wallets, balances and prices').check();
  await page.getByLabel('Expires').fill('2020-01-01T00:00');
  await button(page, 'Create key').click();
  await said(page, 'Enter a time in the future.');
  await page.getByLabel('Expires').fill('2099-01-01T00:00');
  await button(page, 'Create key').click();
  await said(page, 'Save this secret now');
  const { viewer } = dataOf(await withKey(await secretOf(page)).ask());
  expect(viewer).toMatchObject({ kind: 'SERVICE_KEY', scopes: ['wallet:read'] });
  await button(page, 'I have saved it').click();
  expect(await row(page, 'Partner').innerText()).toMatch(/Service key[\s\S]*Expires 1 Jan 2099/);
});

longTest(
  'a page that a key may not read says so once, and opens no connection after another',
  async () => {
    const desk = await openDesk();
    const key = await addAgentKey(desk, desk.admin, { scopes: ['wallet:read'] });
    const window = await at.openWindow();
    const sockets: string[] = [];
    window.on('page', (page) => page.on('websocket', (socket) => sockets.push(socket.url())));
    const page = await at.openAs(window, key, '/admin/ledger');
    for (const view of ['Consumptions', 'All movements']) {
      await page.getByRole('tab', { name: view }).click();
      await page.getByRole('tabpanel', { name: view }).getByRole('alert').waitFor();
      expect(await page.getByRole('alert').allInnerTexts()).toEqual([
        'You don’t have permission. Ask an account admin.',
      ]);
      expect(await button(page, 'Try again').count()).toBe(0);
      expect(await page.getByText('Live', { exact: true }).count()).toBe(0);
    }
    // Longer than the first waits before a lost connection is opened again.
    await page.waitForTimeout(1_500);
    // That of the pages, and that of the gate around them.
    expect(sockets).toHaveLength(2);
  },
);

test('a list without keys explains what a key is for; a key of another window shows when one returns to this one', async () => {
  const desk = await openDesk();
  const page = await openKeys(desk);
  await said(page, 'No API keys yet');
  await addKey(desk, { name: 'Of elsewhere' });
  await page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`);
  await row(page, 'Of elsewhere').waitFor();
});

longTest('on a phone, in light and in dark, nothing is cut off and axe finds nothing', async () => {
  const desk = await openDesk();
  await addAgentKey(desk, desk.agent, { name: 'Export' });
  await addKey(desk, {
    name: 'Portal of a partner with a long name',
    scopes: [...allScopes],
    expiresAt: '2099-01-01T12:00:00Z',
  });
  const window = await at.openWindow({ viewport: { width: 375, height: 740 } });
  const page = await at.openAs(window, desk.admin, '/admin/keys');
  const isWell = async () => {
    expect(await complaintsOfAxe(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
  };
  await row(page, 'Export').waitFor();
  await isWell();
  // On a small laptop all columns are in view, with every scope that a key can have.
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.getByText('portal_sessions:write').waitFor();
  expect(
    await page.evaluate(
      'document.querySelector(".table").scrollWidth - document.querySelector(".table").clientWidth',
    ),
  ).toBe(0);
  await page.setViewportSize({ width: 375, height: 740 });
  await fillAgentKey(page, 'Another');
  await button(page, 'Create key').click();
  await said(page, 'Choose one');
  await isWell();
  await page.getByLabel('Refuse the request').check();
  await button(page, 'Create key').click();
  await said(page, 'Save this secret now');
  await isWell();
  await button(page, 'I have saved it').click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await goWithin(page, '/admin/audit');
  await row(page, 'Another').waitFor();
  await isWell();
});

longTest(
  'a webhook is created, its failing event is skipped, and its events are sent again',
  async () => {
    const receiver = await openReceiver();
    receiver.answer = ({ body }) => (body.type === 'webhook.test' ? 202 : 500);
    const desk = await openDesk();
    const page = await at.openAs(await at.openWindow(), desk.admin, '/admin/webhooks');
    await said(page, 'No webhooks yet');
    expect(await complaintsOfAxe(page)).toEqual([]);
    await button(page, 'New webhook').click();
    const url = page.getByRole('textbox', { name: 'URL' });
    await url.fill('ftp://partner.example');
    await button(page, 'Create webhook').click();
    await said(page, 'Enter a web address that begins with https://.');
    await url.fill('https://name:secret@partner.example');
    await button(page, 'Create webhook').click();
    await said(page, 'Enter an https address on the public internet');
    await url.fill(receiver.url);
    await button(page, 'Create webhook').dblclick();
    await said(page, 'Save this secret now');
    await page.keyboard.press('Escape');
    const secret = await page.getByLabel('The webhook’s secret', { exact: true }).innerText();
    await button(page, 'I have saved it').click();
    await row(page, receiver.url).getByText('Active').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);

    await page.getByRole('link', { name: receiver.url }).click();
    await button(page, 'Send a test').click();
    await said(page, 'The endpoint answered 202');
    const [{ text, headers }] = receiver.received as [(typeof receiver.received)[number]];
    new Webhook(secret).verify(text, headers);

    await desk.add(1);
    await said(page, 'Event 2 (Granted) has failed');
    expect(await complaintsOfAxe(page)).toEqual([]);
    receiver.answer = () => 200;
    await button(page, 'Skip this event').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Skip this event' }).click();
    await said(page, 'Every event is delivered.');
    await button(page, 'Send events again …').click();
    await page.getByRole('dialog').getByLabel('Events').fill('1-2');
    await page.getByRole('dialog').getByRole('button', { name: 'Send events again …' }).click();
    await said(page, '2 events are sent again.');
    await said(page, 'Sent again');
    await button(page, 'Send events again …').click();
    await page.getByRole('dialog').getByLabel('Events').fill('1-');
    await page.getByRole('dialog').getByRole('button', { name: 'Send events again …' }).click();
    const countOf = (sequence: number) =>
      receiver.received.filter(({ body }) => body.data.sequence === sequence).length;
    await eventually(async () => {
      await Promise.resolve();
      expect([countOf(1), countOf(2)]).toEqual([2, expect.any(Number)]);
    });
    await button(page, 'Send event 1 again').first().click();
    await eventually(async () => {
      await Promise.resolve();
      expect(countOf(1)).toBe(3);
    });
    await button(page, 'Pause').click();
    await said(page, 'Nothing has been sent since');
    await button(page, 'Resume').click();
    await button(page, 'Rotate the secret').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate the secret' }).click();
    await button(page, 'I have saved it').click();
    await said(page, 'The previous secret signs too until');
    await receiver.close();
  },
);
