import { endOfLocalDay } from '../../src/time/local-day';
import { openTestSite, type TestSite } from '../support/desk/desk';

const zone = 'America/Santiago';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

test('an agent in Santiago is shown in Spanish what will be used, proceeds, and has access for the day', async () => {
  const desk = await site.openDesk({ timeZone: zone, passes: 5 });
  await desk.sql(
    `insert into day_pass_prices
       (plan, currency, minimum_quantity, unit_price_minor, valid_from, example)
     select plan, currency, 1, 1200, created_at - interval '1 day', false
     from accounts where id = $1`,
  );

  const asked = await desk.ask(desk.agent, { locale: 'es-CL' });
  if (asked.__typename !== 'DayPassRequired') throw new Error(asked.__typename);
  const confirmation = asked.confirmation!;
  const end = new Date(endOfLocalDay(Date.parse(asked.now), zone)).toISOString();
  expect(asked.allowed).toBe(false);
  expect(confirmation).toMatchObject({
    locale: 'es',
    timeZone: zone,
    passExpiresAt: end,
    balance: 5,
    price: { amount: '12.00', currency: 'USD' },
    emergency: false,
  });
  expect(confirmation.notice).toContain('consume un pase de un día');
  expect(confirmation.notice).toContain('12,00 USD');
  expect(await desk.balance()).toBe(5);

  const taken = await desk.proceed(desk.agent, confirmation.token);
  expect(taken).toMatchObject({
    consumption: {
      source: 'PORTAL',
      localDate: confirmation.localDate,
      timeZone: zone,
      expiresAt: end,
      status: 'ACTIVE',
      consent: { notice: confirmation.notice, locale: 'es' },
    },
    wallet: { balance: 4 },
    replayed: false,
    userErrors: [],
  });

  expect(await desk.ask(desk.agent)).toMatchObject({
    allowed: true,
    basis: 'DAY_PASS',
    until: end,
    dayPass: { id: taken.consumption!.id },
  });
  await desk.expectBooksToClose();
});

test('a used token returns the same consumption and uses no second pass', async () => {
  const desk = await site.openDesk({ passes: 5 });
  const token = await desk.tokenFor(desk.agent);
  const first = await desk.proceed(desk.agent, token);
  const again = await desk.proceed(desk.agent, token);
  expect(first.replayed).toBe(false);
  expect(again).toEqual({ ...first, replayed: true });
  expect(await desk.balance()).toBe(4);
});

test('a spent token returns its consumption also after the token and the pass have ended', async () => {
  const desk = await site.openDesk({ passes: 5 });
  const { token, passExpiresAt } = await desk.confirmation(desk.agent);
  const first = await desk.proceed(desk.agent, token);
  await desk.moveClockTo(passExpiresAt);
  const again = await desk.proceed(desk.agent, token);
  expect(again).toMatchObject({
    consumption: { id: first.consumption!.id, status: 'EXPIRED' },
    replayed: true,
    userErrors: [],
  });
  expect(await desk.balance()).toBe(4);
});

test('the gate is open until the very instant at which the pass ends, and asks again from then on', async () => {
  const desk = await site.openDesk({ passes: 5 });
  const { consumption } = await desk.enter(desk.agent);
  // A test cannot stop the clock: one minute before the end is enough for the test's length.
  await desk.moveClockTo(consumption.expiresAt, -60_000);
  const before = await desk.ask(desk.agent);
  await desk.moveClockTo(consumption.expiresAt);
  const after = await desk.ask(desk.agent);
  expect(before).toMatchObject({ allowed: true, until: consumption.expiresAt });
  expect(after).toMatchObject({ __typename: 'DayPassRequired', confirmation: { balance: 4 } });
  expect(Date.parse(after.now)).toBeGreaterThanOrEqual(Date.parse(consumption.expiresAt));

  const next = await desk.enter(desk.agent);
  expect(next.consumption.id).not.toBe(consumption.id);
  expect(next.wallet.balance).toBe(3);
  const kinds = await desk.kinds();
  expect(kinds.slice(1)).toEqual(['DayPassConsumed', 'DayPassExpired', 'DayPassConsumed']);
  await desk.expectBooksToClose();
});

test('the notice is written in the nearest available language', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const locales = ['de-AT', 'ja', 'fr-FR', 'no language at all'];
  const asked = locales.map((locale) => desk.confirmation(desk.agent, { locale }));
  const given = await Promise.all(asked);
  expect(given.map(({ locale }) => locale)).toEqual(['de', 'ja', 'en', 'en']);
  expect(new Set(given.map(({ notice }) => notice)).size).toBe(3);
});

test('asking the gate never uses a pass', async () => {
  const desk = await site.openDesk({ passes: 3 });
  await Promise.all(Array.from({ length: 20 }, () => desk.ask(desk.agent)));
  expect(await desk.kinds()).toEqual(['DayPassesGranted']);
});

test('a running pass keeps its end when the agent moves to another zone', async () => {
  const desk = await site.openDesk({ timeZone: 'Pacific/Honolulu', passes: 2 });
  const { consumption } = await desk.enter(desk.agent);
  await desk.sql(`update agents set time_zone = 'Asia/Tokyo' where account_id = $1 and id = $2`, [
    desk.agent.id,
  ]);
  expect(await desk.ask(desk.agent)).toMatchObject({
    allowed: true,
    until: consumption.expiresAt,
  });
});

test('a full-time agent has access without a pass and without an end', async () => {
  const desk = await site.openDesk({ passes: 1 });
  expect(await desk.ask(desk.admin)).toMatchObject({
    allowed: true,
    basis: 'FULL_TIME',
    until: null,
    dayPass: null,
  });
});
