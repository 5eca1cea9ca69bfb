import { WatchWalletDocument } from '../generated/operations';
import { eventually, type Desk } from '../support/desk/desk';
import { openGateSite, type GateSite } from '../support/browser/gate-page';
import { connectSocket } from '../support/desk/socket';
import { withEnoughTime } from '../support/patience';
import { advanceTo } from '../support/desk/streams';

let at: GateSite;

beforeAll(async () => {
  at = await openGateSite();
});
afterEach(() => at.closeWindows());
afterAll(() => at.close());

const consumptions = async (desk: Desk) =>
  (await desk.kinds()).filter((kind) => kind === 'DayPassConsumed').length;

test('the story: a click on a ticket, the pop-up, Proceed, access; the admin sees the balance change; at midnight the pop-up is back', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const admin = connectSocket(at.site.service.url, desk.admin.bearer);
  const wallet = admin.subscribe(WatchWalletDocument);
  expect((await wallet.next()).dayPassWalletChanged.balance).toBe(5);

  const window = await at.openWindow();
  const gate = await at.open(window, desk.agent);
  await gate.popUp.waitFor();
  const address = gate.page.url();
  const { notice, passExpiresAt } = await desk.confirmation(desk.agent);
  expect(await gate.popUp.innerText()).toContain(notice);
  expect(await gate.fact('balance')).toBe('5');
  expect(notice).toContain('until 00:00');
  // Each fact once: what the notice says is in no list below it.
  expect((await gate.popUp.innerText()).match(/00:00|USD/g)?.length).toBe(1);
  await gate.popUp.getByText('This pass is good for all tickets.').waitFor();
  expect(await gate.content.isVisible()).toBe(false);

  await gate.enter();
  expect(await gate.popUp.isVisible()).toBe(false);
  expect(await gate.status.innerText()).toMatch(/^Day pass: \d+/);
  expect((await wallet.next()).dayPassWalletChanged).toMatchObject({ balance: 4, delta: -1 });

  await advanceTo(desk, passExpiresAt);
  await gate.popUp.waitFor();
  expect(await gate.content.isVisible()).toBe(false);
  await gate.enter();
  expect((await wallet.next()).dayPassWalletChanged).toMatchObject({ balance: 3 });
  expect(gate.page.url()).toBe(address);
  const question = { ticketId: null, ticketExternalId: null, section: 'TICKETS' };
  expect(await gate.told()).toMatchObject([
    { name: 'day-pass-granted', ...question, basis: 'DAY_PASS', until: passExpiresAt },
    { name: 'day-pass-expired', ...question, until: passExpiresAt, endedEarly: false },
    { name: 'day-pass-granted', ...question, basis: 'DAY_PASS' },
  ]);
  await admin.close();
  await desk.expectBooksToClose();
});

test('no script of the page clicks: only what a person does counts', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent);
  await gate.waitForFact('balance', '5');
  for (const button of [gate.proceed, gate.notNow]) {
    await button.evaluate((element) => {
      const clickable = element as unknown as { click(): void; dispatchEvent(event: Event): void };
      clickable.click();
      clickable.dispatchEvent(new Event('click', { bubbles: true, composed: true }));
    });
  }
  // What a click does is done before the page can be asked again: the pop-up still asks.
  expect(await gate.popUp.isVisible()).toBe(true);
  expect(await gate.proceed.getAttribute('aria-disabled')).toBe('false');
  expect(await gate.told()).toEqual([]);
  expect(await consumptions(desk)).toBe(0);
  await gate.enter();
  expect(await consumptions(desk)).toBe(1);
});

test('a double click uses one pass', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent);
  await gate.proceed.dblclick();
  await gate.content.waitFor();
  expect(await consumptions(desk)).toBe(1);
});

test('two tabs that proceed at once both have access with one pass', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const window = await at.openWindow();
  const tabs = [await at.open(window, desk.agent), await at.open(window, desk.agent)];
  for (const tab of tabs) await tab.popUp.waitFor();
  // One of them may be in before it could be clicked: the other's pass lets both in.
  await Promise.all(
    tabs.map(({ proceed, content }) => Promise.any([proceed.click(), content.waitFor()])),
  );
  for (const tab of tabs) await tab.content.waitFor();
  expect(await consumptions(desk)).toBe(1);
  for (const tab of tabs) expect(await tab.names()).toEqual(['day-pass-granted']);
});

test('a pass that is used in one tab opens the others, whatever they show', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const window = await at.openWindow();
  const [one, other] = [await at.open(window, desk.agent), await at.open(window, desk.agent)];
  await other.notNow.click();
  await one.enter();
  await other.content.waitFor();
  expect(await other.names()).toEqual(['day-pass-denied', 'day-pass-granted']);
});

test('an empty wallet is reported in the service’s words, and once it is filled the gate asks', async () => {
  const desk = await at.site.openDesk();
  const gate = await at.open(await at.openWindow(), desk.agent, { locale: 'de-AT' });
  await gate.page.getByText('Es sind keine Tagespässe mehr da.').first().waitFor();
  expect(await gate.told()).toMatchObject([{ name: 'day-pass-denied', reason: 'WALLET_EMPTY' }]);
  await desk.add(2);
  await gate.popUp.waitFor();
  expect(await gate.popUp.innerText()).toContain('Der Eintritt in das Agentenportal verbraucht');
  expect(await gate.fact('balance')).toBe('2');
});

test('the passes left are the wallet’s as it is while the pop-up is open', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent);
  await gate.waitForFact('balance', '5');
  await desk.add(3);
  await gate.waitForFact('balance', '8');
});

test('a pop-up whose notice is no longer true is shown again, with the reason', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent);
  await gate.popUp.waitFor();
  await desk.sql(`update agents set time_zone = 'Asia/Tokyo' where account_id = $1 and id = $2`, [
    desk.agent.id,
  ]);
  await gate.proceed.click();
  await gate.page.getByText('Something has changed since you were asked.').waitFor();
  expect(await gate.popUp.innerText()).toContain('(Tokyo time)');
  expect(await consumptions(desk)).toBe(0);
  await gate.enter();
  expect(await consumptions(desk)).toBe(1);
});

test('a confirmation that has expired is shown again, with the reason', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent);
  await gate.popUp.waitFor();
  await desk.moveClock(6 * 60_000);
  await gate.proceed.click();
  await gate.page.getByText('You were asked more than five minutes ago.').waitFor();
  await gate.enter();
  expect(await consumptions(desk)).toBe(1);
});

test('Not now leaves the portal shut and uses nothing; the pop-up opens on request', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent);
  await gate.notNow.click();
  await gate.popUp.waitFor({ state: 'hidden' });
  expect(await gate.content.isVisible()).toBe(false);
  expect(await gate.told()).toMatchObject([{ name: 'day-pass-denied', reason: 'NOT_NOW' }]);
  await gate.page.getByRole('button', { name: 'Use a day pass' }).click();
  await gate.enter();
  expect(await consumptions(desk)).toBe(1);
});

test('the end is announced in advance', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const { consumption } = await desk.enter(desk.agent);
  await desk.moveClockTo(consumption.expiresAt, -10 * 60_000);
  const gate = await at.open(await at.openWindow(), desk.agent);
  await gate.content.waitFor();
  expect(await gate.status.innerText()).toMatch(/^Your day pass ends in (9|10) min/);
});

test('a device with a wrong clock counts down correctly', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const { consumption } = await desk.enter(desk.agent);
  await desk.moveClockTo(consumption.expiresAt, -60 * 60_000);
  const window = await at.openWindow();
  await window.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 30 * 86_400_000;
  });
  const gate = await at.open(window, desk.agent);
  await gate.content.waitFor();
  expect(await gate.status.innerText()).toMatch(/^Day pass: (60|59) min left|^Day pass: 1 h/);
});

/** The gate of an agent with access, in the last seconds of the pass. */
const openBeforeTheEnd = () =>
  withEnoughTime(async (leftMs) => {
    const desk = await at.site.openDesk({ passes: 5 });
    const { consumption } = await desk.enter(desk.agent);
    await desk.moveClockTo(consumption.expiresAt, -leftMs);
    const gate = await at.open(await at.openWindow(), desk.agent);
    await gate.content.or(gate.popUp).first().waitFor();
    expect(await gate.content.isVisible()).toBe(true);
    return gate;
  }, 4_000);

test('a short pass ends at its instant, and the pop-up opens without a message of the service', async () => {
  const gate = await openBeforeTheEnd();
  await gate.popUp.waitFor();
  expect(await gate.names()).toEqual(['day-pass-granted', 'day-pass-expired']);
});

test('a full-time agent has access without a pop-up and without a countdown', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.admin);
  await gate.content.waitFor();
  expect(await gate.status.count()).toBe(0);
  expect(await gate.told()).toMatchObject([{ basis: 'FULL_TIME', until: null }]);
});

test('with the keyboard only: the focus is in the pop-up and stays there, Escape is Not now', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent);
  await gate.popUp.waitFor();
  const { keyboard } = gate.page;
  const focused = () =>
    gate.page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: {
          activeElement: { shadowRoot: { activeElement: { textContent: string } | null } | null };
        };
      };
      return document.activeElement.shadowRoot?.activeElement?.textContent.trim();
    });
  // A key that was meant for the page agrees to nothing.
  expect(await focused()).toBe('Use a day pass?');
  await keyboard.press('Enter');
  await keyboard.press('Space');
  const ring = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await keyboard.press('Tab');
    ring.push(await focused());
  }
  expect(ring).toEqual(['Not now', 'Proceed', 'Not now']);
  await keyboard.press('Shift+Tab');
  expect(await focused()).toBe('Proceed');

  await keyboard.press('Escape');
  await gate.popUp.waitFor({ state: 'hidden' });
  expect(await consumptions(desk)).toBe(0);
  await gate.page.getByRole('button', { name: 'Use a day pass' }).waitFor();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await gate.popUp.waitFor();
  await keyboard.press('Shift+Tab');
  await eventually(async () => expect(await focused()).toBe('Proceed'));
  await keyboard.press('Enter');
  await gate.content.waitFor();
  // On from there: the next stop is in the portal.
  await keyboard.press('Tab');
  const name = await gate.page.locator(':focus').innerText();
  expect(name).toBe('Reply');
});
