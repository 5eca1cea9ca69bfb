import { readdirSync } from 'node:fs';
import { ImportTicketsDocument, TakeBackDocument } from '../generated/operations';
import { openGateSite, type GatePage, type GateSite } from '../support/browser/gate-page';
import { complaintsOfAxe } from '../support/browser/pages';
import { addKey, openPortalSession } from '../support/desk/keys';
import { act, advanceTo } from '../support/desk/streams';
import { longTest } from '../support/size';

/** What the gate may weigh on its way to a browser. */
const bytesMax = 20_000;

let at: GateSite;

beforeAll(async () => {
  at = await openGateSite();
});
afterEach(() => at.closeWindows());
afterAll(() => at.close());

describe('the file', () => {
  const get = (headers: Record<string, string> = {}) =>
    fetch(`${at.site.service.url}/embed/day-pass-gate.js`, { headers });

  test('any page may load it, and no old release is kept in a cache', async () => {
    const file = await get({ origin: 'https://portal.example' });
    expect(file.status).toBe(200);
    const told = Object.fromEntries(file.headers);
    expect(told).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    });
    const again = await get({ 'if-none-match': told.etag! });
    expect({ status: again.status, text: await again.text() }).toEqual({ status: 304, text: '' });
  });

  test('it is one file, and small', async () => {
    const packed = await get({ 'accept-encoding': 'gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(Number(packed.headers.get('content-length'))).toBeLessThan(bytesMax);
    const script = await packed.text();
    // No separate chunk, which an upgrade would remove.
    expect(readdirSync('dist/web/embed')).toEqual(['day-pass-gate.js']);
    expect(script).not.toMatch(/^\s*import\b|\bimport\(/m);
    const plain = await get({ 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(script);
  });
});

test('a partner’s page gives its agent access by portal sessions, which its server renews', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const key = await addKey(desk, { scopes: ['portal_sessions:write'] });
  const gate = await at.open(await at.openWindow(), desk.agent);
  at.portal.bearer = async () => (await openPortalSession(desk, key, desk.agent)).bearer;
  await gate.page.reload();
  await gate.waitForFact('balance', '5');
  await gate.enter();
  expect(await desk.balance()).toBe(4);
});

test('a link to a ticket keeps working: the pop-up names it, and so do the events', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const ticket = {
    externalId: 'ext-7',
    subject: 'A printer',
    requesterName: 'R.',
    requesterEmail: 'r@desk.example',
  };
  await act(desk, ImportTicketsDocument, { tickets: [ticket] });
  const question = { 'ticket-external-id': 'ext-7' };
  const gate = await at.open(await at.openWindow(), desk.agent, question);
  await gate.page.getByRole('dialog', { name: 'Use a day pass for ticket 1?' }).waitFor();
  const address = gate.page.url();
  await gate.enter();
  expect(gate.page.url()).toBe(address);
  expect(await gate.told()).toMatchObject([{ ticketExternalId: 'ext-7', ticketId: null }]);

  // Another ticket is another question, and no other page.
  await gate.page.locator('day-pass-gate').evaluate((element) => {
    (element as unknown as { ticketExternalId: string }).ticketExternalId = 'ext-8';
  });
  await gate.page.getByText('This ticket was not found.').first().waitFor();
  expect(await gate.content.isVisible()).toBe(false);
  expect((await gate.told()).at(-1)).toMatchObject({
    ticketExternalId: 'ext-8',
    reason: 'TICKET_NOT_FOUND',
  });
});

/** Longer than the first waits before a lost connection is opened again. */
const reconnectsMs = 1_500;

test.each<[what: string, attributes: Record<string, string>]>([
  ['about a ticket with a text that is not an id', { 'ticket-id': 'no id' }],
  ['about an unknown section', { section: 'GARDEN' }],
])('a page that asks %s gets an error, once, and asks no more', async (_, attributes) => {
  const desk = await at.site.openDesk({ passes: 5 });
  const window = await at.openWindow();
  const sockets: string[] = [];
  window.on('page', (page) => page.on('websocket', (socket) => sockets.push(socket.url())));
  const gate = await at.open(window, desk.agent, attributes);
  await gate.page.getByText('This page is not set up correctly.').first().waitFor();
  await gate.page.waitForTimeout(reconnectsMs);
  expect(await gate.told()).toMatchObject([{ name: 'day-pass-denied', reason: 'BAD_REQUEST' }]);
  expect(sockets).toHaveLength(1);
});

test('a pass that is reversed shuts the gate at once', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent);
  await gate.enter();
  const [granted] = await gate.told();
  const input = { consumptionId: String(granted!.dayPassId), reason: 'A slip' };
  await act(desk, TakeBackDocument, { input });
  await gate.popUp.waitFor();
  expect((await gate.told()).at(-1)).toMatchObject({ name: 'day-pass-expired', endedEarly: true });
});

test.each([
  ['de', 'Fortfahren', 'Nicht jetzt'],
  ['es', 'Continuar', 'Ahora no'],
  ['ja', '続行', '今はしない'],
  ['fr', 'Proceed', 'Not now'],
])('it speaks the language of the page: %s', async (lang, proceed, notNow) => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent, { lang });
  await gate.popUp.waitFor();
  expect((await gate.proceed.innerText()).trim()).toBe(proceed);
  expect((await gate.notNow.innerText()).trim()).toBe(notNow);
});

longTest('in a page that is read from the right the layout is mirrored', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent, { dir: 'rtl' });
  await gate.popUp.waitFor();
  const [first, last] = await Promise.all([gate.notNow.boundingBox(), gate.proceed.boundingBox()]);
  expect(first!.x).toBeGreaterThan(last!.x);
});

longTest('its colours are the page’s to choose', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent);
  await gate.popUp.waitFor();
  const background = () =>
    gate.proceed.evaluate((button) => {
      const page = globalThis as unknown as {
        getComputedStyle(of: unknown): { backgroundColor: string };
      };
      return page.getComputedStyle(button).backgroundColor;
    });
  expect(await background()).toBe('rgb(31, 95, 191)');
  await gate.page.locator('day-pass-gate').evaluate((element) => {
    const { style } = element as unknown as { style: { setProperty(a: string, b: string): void } };
    style.setProperty('--day-pass-accent', 'rgb(120, 0, 90)');
  });
  expect(await background()).toBe('rgb(120, 0, 90)');
});

describe('it is accessible', () => {
  const expectNoViolations = async ({ page }: GatePage) =>
    expect(await complaintsOfAxe(page)).toEqual([]);

  test('the pop-up, Not now, the portal and the warning before the end', async () => {
    const desk = await at.site.openDesk({ passes: 5 });
    const window = await at.openWindow();
    const gate = await at.open(window, desk.agent);
    await gate.waitForFact('balance', '5');
    await expectNoViolations(gate);
    await window.setOffline(true);
    await gate.popUp.getByText('Not connected.').waitFor();
    await expectNoViolations(gate);
    await window.setOffline(false);
    await gate.waitForFact('balance', '5');
    await gate.notNow.click();
    await gate.page.getByRole('button', { name: 'Use a day pass' }).waitFor();
    await expectNoViolations(gate);
    await gate.page.getByRole('button', { name: 'Use a day pass' }).click();
    await gate.enter();
    await expectNoViolations(gate);
    const [granted] = (await gate.told()).slice(-1);
    await advanceTo(desk, Date.parse(String(granted!.until)) - 5 * 60_000);
    await gate.page.reload();
    await gate.status.getByText('Your day pass ends in').waitFor();
    await expectNoViolations(gate);
  });

  longTest('a refusal', async () => {
    const desk = await at.site.openDesk();
    const gate = await at.open(await at.openWindow(), desk.agent);
    await gate.page.getByText('No day passes are left.').first().waitFor();
    await expectNoViolations(gate);
  });
});
