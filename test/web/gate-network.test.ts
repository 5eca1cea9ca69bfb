import { eventually, type Desk } from '../support/desk/desk';
import { openGateSite, type GateSite } from '../support/browser/gate-page';
import { bounded } from '../support/desk/socket';
import { openSocketProxy, type SocketProxy } from '../support/faults/socket-proxy';
import { withEnoughTime } from '../support/patience';
import { advanceTo } from '../support/desk/streams';

let at: GateSite;
let proxy: SocketProxy;

beforeAll(async () => {
  at = await openGateSite();
});
beforeEach(async () => {
  proxy = await openSocketProxy(at.site.service.url);
  at.portal.endpoint = proxy.endpoint;
});
afterEach(async () => {
  try {
    await at.closeWindows();
  } finally {
    await proxy.close();
  }
});
afterAll(() => at.close());

const consumptions = async (desk: Desk) =>
  (await desk.kinds()).filter((kind) => kind === 'DayPassConsumed').length;

/** Resolves at the next Proceed that passes, with how many have; its fate is as given. */
function nextProceed(fate: ReturnType<SocketProxy['fateOf']>): Promise<void> {
  return bounded(
    new Promise((resolve) => {
      proxy.fateOf = ({ payload }) => {
        if (!payload?.query?.includes('mutation Proceed')) return 'pass';
        resolve();
        return fate;
      };
    }),
    'a Proceed',
  );
}

const notConnected = 'Not connected. Trying again …';

test.each(['hold', 'lose-answer'] as const)(
  'a page that is reloaded during Proceed continues with the same token: %s',
  async (fate) => {
    const desk = await at.site.openDesk({ passes: 5 });
    const gate = await at.open(await at.openWindow(), desk.agent);
    const sent = nextProceed(fate);
    await gate.proceed.click();
    await sent;
    // The service may have received it: the answer is not known.
    if (fate === 'lose-answer')
      await eventually(async () => expect(await consumptions(desk)).toBe(1));
    proxy.fateOf = () => 'pass';
    await gate.page.reload();
    await gate.content.waitFor();
    expect(await consumptions(desk)).toBe(1);
    expect(await gate.names()).toEqual(['day-pass-granted']);
    // Nothing is left to be sent again.
    expect(await gate.page.evaluate('sessionStorage.length')).toBe(0);
  },
);

test('a connection that breaks during Proceed uses one pass, and the agent has access', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent);
  const sent = nextProceed('lose-answer');
  await gate.proceed.click();
  await sent;
  proxy.fateOf = () => 'pass';
  proxy.cut();
  await gate.content.waitFor();
  expect(await consumptions(desk)).toBe(1);
});

test('without a network the pop-up says so, shows no balance and disables Proceed; then it is current again', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const window = await at.openWindow();
  const gate = await at.open(window, desk.agent);
  await gate.waitForFact('balance', '5');
  proxy.isDown = true;
  await window.setOffline(true);
  await gate.popUp.getByText(notConnected).waitFor();
  expect(await gate.fact('balance')).toBe('–');
  await gate.proceed.click({ force: true });
  await desk.add(2);

  proxy.isDown = false;
  await window.setOffline(false);
  await gate.waitForFact('balance', '7');
  expect(await gate.popUp.getByText(notConnected).isVisible()).toBe(false);
  expect(await consumptions(desk)).toBe(0);
  await gate.enter();
});

test('after an outage the service is found again, without a reload', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent);
  await gate.enter();
  proxy.isDown = true;
  proxy.cut();
  await gate.status.getByText(notConnected).waitFor();
  // An agent with access keeps it: the pass was used.
  expect(await gate.content.isVisible()).toBe(true);
  proxy.isDown = false;
  await gate.status.getByText(notConnected).waitFor({ state: 'hidden' });
  expect(await gate.names()).toEqual(['day-pass-granted']);
});

test('a pass that ends while the service cannot be reached ends even so', async () => {
  const gate = await withEnoughTime(async (leftMs) => {
    const desk = await at.site.openDesk({ passes: 5 });
    const { consumption } = await desk.enter(desk.agent);
    await desk.moveClockTo(consumption.expiresAt, -leftMs);
    const opened = await at.open(await at.openWindow(), desk.agent);
    await opened.content.or(opened.popUp).first().waitFor();
    expect(await opened.content.isVisible()).toBe(true);
    return opened;
  }, 4_000);
  proxy.isDown = true;
  proxy.cut();
  await gate.content.waitFor({ state: 'hidden' });
  expect(await gate.names()).toEqual(['day-pass-granted', 'day-pass-expired']);
  proxy.isDown = false;
  await gate.popUp.getByText('Your day pass has ended.').waitFor();
});

test('a midnight without a connection is noticed when the network is back', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const gate = await at.open(await at.openWindow(), desk.agent);
  await gate.enter();
  const [granted] = await gate.told();
  proxy.isDown = true;
  proxy.cut();
  await gate.status.getByText(notConnected).waitFor();
  await advanceTo(desk, String(granted!.until));
  proxy.isDown = false;
  await gate.popUp.waitFor();
  expect(await gate.content.isVisible()).toBe(false);
});

test('a bearer token that has expired is requested again, and an unknown one ends it', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const window = await at.openWindow();
  const gate = await at.open(window, desk.agent);
  await gate.enter();
  const before = at.portal.bearersAsked;
  await gate.page.evaluate(`
    new MutationObserver(() => {
      if (/Not connected/.test(document.querySelector('day-pass-gate').shadowRoot.textContent)) window.wasTold = true;
    }).observe(document.querySelector('day-pass-gate').shadowRoot, { subtree: true, childList: true, characterData: true });
  `);
  proxy.endBearers();
  await eventually(async () => expect(at.portal.bearersAsked).toBe(before + 1));
  await desk.add(1);
  await gate.page.evaluate(`document.querySelector('day-pass-gate').updateComplete`);
  // It happens every few minutes, and is no business of the agent's.
  expect(await gate.page.evaluate('window.wasTold')).toBeUndefined();

  at.portal.bearer = async () => 'nobody';
  proxy.cut();
  await gate.page.getByText('You are no longer signed in.').first().waitFor();
  expect(await gate.content.isVisible()).toBe(false);
  const told = (await gate.told()).slice(1);
  expect(told).toMatchObject([
    { name: 'day-pass-expired', endedEarly: true },
    { name: 'day-pass-denied', reason: 'UNAUTHENTICATED' },
  ]);
  const asked = at.portal.bearersAsked;
  at.portal.bearer = async () => desk.agent.bearer;
  await gate.page.getByRole('button', { name: 'Try again' }).click();
  await gate.content.waitFor();
  expect(at.portal.bearersAsked).toBe(asked + 1);
});

test('credentials that are not available now are requested again', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const window = await at.openWindow();
  let failures = 0;
  await window.route('**/bearer', (route) =>
    (failures += 1) === 1 ? route.abort() : route.continue(),
  );
  const gate = await at.open(window, desk.agent);
  await gate.popUp.waitFor();
  expect(failures).toBe(2);
});
