import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { startOfLocalDate } from '../../src/time/local-day';
import { csvHead, csvLines } from '../../src/web/dashboard/ledger-csv';
import { dateAfter, dateIn, startOfDate } from '../../src/web/dashboard/ledger-dates';
import { ConsumptionsDocument, type ConsumptionsQueryVariables } from '../generated/operations';
import { openBulkLedger } from '../support/bulk';
import { addClients, addTickets } from '../support/catalogue';
import { eventually, type Desk, type Person } from '../support/desk';
import { complaintsOfAxe, openPagesSite, type PagesSite } from '../support/pages';
import { act, agentNode, advanceTo } from '../support/streams';

let at: PagesSite;
/** Consumptions of more pages than one, some by people whose names are formulas. */
let crowd: { desk: Desk; names: Map<string, string> };

const formulas = ['=2+3', '+1', '-1', '@SUM(A1)', '\tTab', '\rReturn', 'Quote " and, comma'];

beforeAll(async () => {
  at = await openPagesSite();
  const desk = await at.site.openDesk({ agents: 0, passes: 200 });
  const names = Array.from({ length: 130 }, (_, at) => formulas[at] ?? `Agent ${at}`);
  const people = await desk.addAgents(names.map((name) => ({ name })));
  const bulk = openBulkLedger(at.site.source, at.site.service.databaseUrl);
  const ids = people.map(({ id }) => id);
  await bulk.sell(desk.accountId, ids, Date.now() + 20 * 3_600_000);
  await bulk.close();
  crowd = { desk, names: new Map(people.map((person, at) => [agentNode(person), names[at]!])) };
});
afterEach(() => at.closeWindows());
afterAll(() => at.close());

const openLedger = async (person: Person, search = '') =>
  at.openAs(await at.openWindow(), person, `/admin/ledger${search}`);

const rows = (page: Page) => page.locator('tbody tr');
const agentsIn = (page: Page) => rows(page).locator('td:first-child').allTextContents();
const inOrder = (page: Page, names: string[]) =>
  eventually(async () => expect(await agentsIn(page)).toEqual(names));

/** Two who came in by tickets of clients, one through the portal, each with a name and a zone. */
async function openDesk() {
  const desk = await at.site.openDesk({ agents: 0, passes: 20 });
  await addClients(desk, 'acme', 'zenith');
  await addTickets(desk, 2, (at) => ({ clientExternalId: at === 0 ? 'acme' : 'zenith' }));
  const zones = ['Asia/Tokyo', 'Europe/Berlin', 'America/Santiago'];
  const named = ['Aiko', 'Berta', 'Carlos'];
  desk.agents = await desk.addAgents(named.map((name, at) => ({ name, timeZone: zones[at] })));
  for (const [at, agent] of desk.agents.entries()) {
    const ticket = at < 2 ? { ticketExternalId: `T${at + 1}` } : {};
    await desk.proceed(agent, await desk.tokenFor(agent, ticket));
    await desk.moveClock(60_000);
  }
  return desk;
}

/** The names of whom the API lists. */
async function listed(
  { desk, names }: { desk: Desk; names: Map<string, string> },
  variables: ConsumptionsQueryVariables,
) {
  const { dayPassConsumptions } = await act(desk, ConsumptionsDocument, variables);
  return dayPassConsumptions!.edges.map(({ node }) => names.get(node.agent.id)!);
}

test('filters show what the API lists, and a reload shows the same', async () => {
  const desk = await openDesk();
  const page = await openLedger(desk.admin);
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
  await page.getByLabel('Source').selectOption('Ticket');
  await inOrder(page, ['Berta', 'Aiko']);
  await page.getByRole('combobox', { name: 'Client' }).fill('zen');
  await page.getByRole('option', { name: 'Client zenith' }).click();
  await inOrder(page, ['Berta']);
  await page.reload();
  await inOrder(page, ['Berta']);
  await page.getByRole('combobox', { name: 'Agent' }).click();
  await page.getByRole('option', { name: 'Aiko' }).click();
  await page.getByText('No consumption fits').waitFor();
  await page.getByRole('button', { name: 'Show all' }).click();
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
  await page.getByLabel('Status').selectOption('Reversed');
  await page.getByText('No consumption fits').waitFor();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  // The account's own dates; both ends are included.
  const { dayPassConsumptions } = await act(desk, ConsumptionsDocument, {});
  const dates = dayPassConsumptions!.edges.map(({ node }) => node.startsAt.slice(0, 10));
  await page.getByLabel('From').fill(dateAfter(dates[0]!)!);
  await page.getByText('No consumption fits').waitFor();
  await page.getByLabel('To').fill(dates[0]!);
  await page.getByLabel('From').fill(dates.at(-1)!);
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
});

test('sorting by when a pass ends agrees with the API, both ways', async () => {
  const desk = await openDesk();
  const names = new Map(
    desk.agents.map((agent, at) => [agentNode(agent), ['Aiko', 'Berta', 'Carlos'][at]!]),
  );
  const page = await openLedger(desk.admin);
  for (const direction of ['ASC', 'DESC'] as const) {
    await page.getByRole('button', { name: 'Until' }).click();
    const orderBy = { field: 'EXPIRES_AT' as const, direction };
    await inOrder(page, await listed({ desk, names }, { orderBy }));
  }
  await page.reload();
  await page.locator('th[aria-sort=descending]', { hasText: 'Until' }).waitFor();
});

test('pages go on and back as in the API, and stand in the address', async () => {
  const page = await openLedger(crowd.desk.admin);
  const all = await listed(crowd, { first: 100 });
  await inOrder(page, all.slice(0, 20));
  await page.getByText('130 in all').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await inOrder(page, all.slice(20, 40));
  await page.reload();
  await inOrder(page, all.slice(20, 40));
  await page.getByRole('button', { name: 'Next' }).click();
  await inOrder(page, all.slice(40, 60));
  await page.getByRole('button', { name: 'Previous' }).click();
  await inOrder(page, all.slice(20, 40));
});

test('what comes meanwhile is told and moves no row, until one wants to see it', async () => {
  const desk = await openDesk();
  const [dora] = await desk.addAgents([{ name: 'Dora' }]);
  const page = await openLedger(desk.admin);
  const movements = await openLedger(desk.admin, '?view=movements');
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
  await movements.getByRole('cell', { name: 'Consumed' }).first().waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await movements.getByText('Live', { exact: true }).waitFor();
  await desk.enter(dora!);
  await desk.add(1);
  await page.getByText('1 new entry:').waitFor();
  await movements.getByText('2 new entries:').waitFor();
  expect(await agentsIn(page)).toEqual(['Carlos', 'Berta', 'Aiko']);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await inOrder(page, ['Dora', 'Carlos', 'Berta', 'Aiko']);
  expect(await page.getByText('new entry').count()).toBe(0);
  await movements.getByRole('button', { name: 'Show', exact: true }).click();
  await rows(movements).first().getByText('Granted').waitFor();
});

test('details say what was agreed to, word for word, and an address opens them', async () => {
  const desk = await at.site.openDesk({ passes: 3 });
  const { notice, token } = await desk.confirmation(desk.agent, { locale: 'de' });
  await desk.proceed(desk.agent, token);
  const page = await openLedger(desk.admin);
  await rows(page).getByRole('button', { name: 'A. Person' }).click();
  await page.getByRole('dialog').getByText(notice).waitFor();
  await page.getByRole('dialog').getByText('German (de)').waitFor();
  await page.reload();
  await page.getByRole('dialog').getByText(notice).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(new URL(page.url()).search).toBe('');
});

test('an export of more pages than one holds all that is listed, and no formula', async () => {
  const page = await openLedger(crowd.desk.admin);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(
    `day-passes-${crowd.desk.slug}-${new Date().toISOString().slice(0, 10)}.csv`,
  );
  await page.getByText('130 rows exported.').waitFor();
  const text = await readFile(await file.path(), 'utf8');
  expect(text.startsWith('\uFEFFConsumption,Agent,E-mail,Consumed at (UTC),Local date,')).toBe(
    true,
  );
  const [, ...lines] = readCsv(text.slice(1));
  const first = await act(crowd.desk, ConsumptionsDocument, { first: 100 });
  const { edges } = first.dayPassConsumptions!;
  const rest = await act(crowd.desk, ConsumptionsDocument, {
    first: 100,
    after: edges.at(-1)!.cursor,
  });
  const expected = [...edges, ...rest.dayPassConsumptions!.edges].map(({ node }) => node);
  expect(lines).toHaveLength(130);
  expect(lines.map(([id, , , startsAt, localDate]) => ({ id, startsAt, localDate }))).toEqual(
    expected.map(({ id, startsAt, localDate }) => ({ id, startsAt, localDate })),
  );
  const written = expected.map(({ agent }) => {
    const name = crowd.names.get(agent.id)!;
    return formulas.slice(0, 6).includes(name) ? `'${name}` : name;
  });
  expect(lines.map(([, agent]) => agent)).toEqual(written);
  expect(lines.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
});

test('an export that is under way says how far it is, and can be cancelled', async () => {
  const page = await openLedger(crowd.desk.admin);
  await rows(page).first().waitFor();
  await page.route('**/graphql', async (route) => {
    const { query = '', variables } = route.request().postDataJSON() as {
      query?: string;
      variables?: { first?: number; after?: string };
    };
    // The second page of the export does not come.
    const isHeld = query.includes('LedgerConsumptions') && variables?.first === 100;
    if (!(isHeld && variables.after)) await route.continue();
  });
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await page.getByText('100 of 130 rows').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Export CSV' }).waitFor();
  expect(await page.getByText('exported').count()).toBe(0);
});

test('a grant comes in once, with its reason and its end, also where the answer was lost', async () => {
  const desk = await at.site.openDesk({ agents: 0 });
  const page = await openLedger(desk.admin, '?view=movements');
  await page.getByText('Nothing has moved yet').waitFor();
  await page.getByRole('button', { name: 'Grant passes …' }).click();
  const dialog = page.getByRole('dialog');
  const grant = dialog.getByRole('button', { name: 'Grant', exact: true });
  await dialog.getByLabel('How many day passes').fill('0');
  await dialog.getByLabel('Reason').fill('   ');
  await grant.click();
  await dialog.getByText('Enter a whole number from 1 to 1,000,000.').waitFor();
  await dialog.getByText('Say why: it is kept in the ledger.').waitFor();
  await dialog.getByLabel('How many day passes').fill('7');
  await dialog.getByLabel('Reason').fill('For the outage');
  await dialog.getByLabel('Last day of use').fill('2030-01-31');
  let isFirst = true;
  await page.route('**/graphql', async (route) => {
    const isGrant = route.request().postData()?.includes('mutation GrantDayPasses');
    if (!isGrant || !isFirst) return route.continue();
    isFirst = false;
    await route.fetch();
    await route.abort();
  });
  await grant.click();
  await dialog.getByText('Trying again grants them once.').waitFor();
  expect(await dialog.getByLabel('Reason').isDisabled()).toBe(true);
  await dialog.getByRole('button', { name: 'Try again' }).dblclick();
  await page.getByText('7 day passes came in. The balance is 7.').waitFor();
  expect(await desk.kinds()).toEqual(['DayPassesGranted']);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('cell', { name: 'For the outage' }).waitFor();
  const [lot] = await desk.sql<{ expires_at: Date }>(
    'select expires_at from lots where account_id = $1',
  );
  expect(lot!.expires_at.toISOString()).toBe('2030-02-01T00:00:00.000Z');
});

test('a reversal is asked first, puts the agent out, and the row says so in its place', async () => {
  const desk = await openDesk();
  const [, berta] = desk.agents as [Person, Person, Person];
  const page = await openLedger(desk.admin);
  const other = await openLedger(desk.admin);
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
  await inOrder(other, ['Carlos', 'Berta', 'Aiko']);
  await other.getByText('Live', { exact: true }).waitFor();
  await rows(page).nth(1).getByRole('button', { name: 'Reverse …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Berta is out of the agent portal at once').waitFor();
  expect(await dialog.getByRole('button', { name: 'Reverse', exact: true }).isDisabled()).toBe(
    true,
  );
  expect((await desk.ask(berta)).allowed).toBe(true);
  await dialog.getByLabel('Reason').fill('Opened by mistake');
  await dialog.getByRole('button', { name: 'Reverse', exact: true }).dblclick();
  await page.getByText('Berta is out, and the pass is in the wallet again.').waitFor();
  await rows(page).nth(1).getByText('Reversed').waitFor();
  await rows(other).nth(1).getByText('Reversed').waitFor();
  expect(await agentsIn(page)).toEqual(['Carlos', 'Berta', 'Aiko']);
  expect((await desk.ask(berta)).allowed).toBe(false);
  expect(await desk.balance()).toBe(18);
  await eventually(async () =>
    expect(await page.evaluate(`document.activeElement.getAttribute('aria-label')`)).toBe(
      'Consumptions',
    ),
  );
});

test('a reversal that comes too late is told, and not offered again', async () => {
  const desk = await at.site.openDesk({ passes: 3 });
  await desk.enter(desk.agent);
  const page = await openLedger(desk.admin);
  await page.getByRole('button', { name: 'Reverse …' }).click();
  await desk.moveClock(16 * 60_000);
  await page.getByLabel('Reason').fill('Too late');
  await page.getByRole('button', { name: 'Reverse', exact: true }).click();
  await page.getByText('It can no longer be reversed').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Reverse …' }).waitFor({ state: 'detached' });
  expect((await desk.kinds()).includes('DayPassReversed')).toBe(false);
});

test('an occasional admin is asked for a pass before the ledger, and is out when it ends', async () => {
  const desk = await at.site.openDesk({ agents: 0, passes: 3 });
  const [admin] = await desk.addAgents([{ name: 'Olga', role: 'ACCOUNT_ADMIN' }]);
  const page = await openLedger(admin!);
  await page.locator('[part=proceed]').click();
  await inOrder(page, ['Olga']);
  const { activeUntil } = await passEnd(desk);
  await advanceTo(desk, activeUntil);
  await page.locator('[part=proceed]').waitFor();
  expect(await rows(page).count()).toBe(0);
});

test('on a phone nothing is wider than the screen; axe finds nothing, in light and in dark', async () => {
  const desk = await openDesk();
  const empty = await at.site.openDesk({ agents: 0 });
  for (const colorScheme of ['light', 'dark'] as const) {
    const window = await at.openWindow({ colorScheme, viewport: { width: 375, height: 800 } });
    const isFine = async (page: Page) => {
      // What is half drawn has half its contrast.
      const moving = `document.getAnimations().filter((one) => one.playState === 'running').length`;
      await eventually(async () => expect(await page.evaluate(moving)).toBe(0));
      await eventually(async () => expect(await complaintsOfAxe(page)).toEqual([]));
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    };
    const page = await at.openAs(window, desk.admin, '/admin/ledger');
    await rows(page).first().waitFor();
    await isFine(page);
    await page.getByRole('button', { name: 'Carlos' }).click();
    await page.getByRole('dialog').getByText('What was agreed to').waitFor();
    await isFine(page);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'All movements' }).click();
    await page.getByRole('button', { name: 'Entry 1' }).click();
    await page.getByRole('dialog').getByText('Cursor').waitFor();
    await isFine(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Grant passes …' }).click();
    await page.getByLabel('Last day of use').waitFor();
    await isFine(page);
    const nothing = await at.openAs(window, empty.admin, '/admin/ledger');
    await nothing.getByText('No day pass was used yet').waitFor();
    await isFine(nothing);
  }
});

test('cells are quoted as RFC 4180 says, and texts that a spreadsheet would run are texts', () => {
  const columns = [{ title: 'Text, or so', value: (cell: string | number | null) => cell }];
  expect(csvHead(columns)).toBe('\uFEFF"Text, or so"\r\n');
  const written = (cell: string | number | null) => csvLines(columns, [cell]);
  expect(written('plain')).toBe('plain\r\n');
  expect(written('say "hi"')).toBe('"say ""hi"""\r\n');
  expect(written('two\nlines')).toBe('"two\nlines"\r\n');
  expect(written(null)).toBe('\r\n');
  expect(written(-1)).toBe('-1\r\n');
  expect(written('=1+1')).toBe("'=1+1\r\n");
  expect(written('\r=1')).toBe('"\'\r=1"\r\n');
});

test.each([
  ['2026-11-23', 'UTC'],
  ['2026-03-29', 'Europe/Berlin'],
  ['2026-09-06', 'America/Santiago'],
  ['2026-11-01', 'America/St_Johns'],
  ['2026-11-23', 'Pacific/Kiritimati'],
])('%s in %s begins where the service says', (date, zone) => {
  expect(startOfDate(date, zone)).toBe(new Date(startOfLocalDate(date, zone)).toISOString());
  expect(dateIn(zone, startOfDate(date, zone)!)).toBe(date);
});

async function passEnd(desk: Desk): Promise<{ activeUntil: number }> {
  const [pass] = await desk.sql<{ expires_at: Date }>(
    'select expires_at from running_passes where account_id = $1',
  );
  return { activeUntil: pass!.expires_at.getTime() };
}

/** Reads what RFC 4180 writes. */
function readCsv(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    lines.at(-1)!.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') lines.push([]);
  }
  return lines.slice(0, -1);
}
