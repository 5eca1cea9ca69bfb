import { apiAddress } from '../support/browser/api-address';
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import {
  csvHead,
  csvLines,
  europeanCsv,
  plainCsv,
  type Cell,
} from '../../src/web/dashboard/ledger/ledger-csv';
import { ConsumptionsDocument } from '../generated/operations';
import { openBulkLedger } from '../support/desk/bulk';
import { deskStartsAt, type Desk } from '../support/desk/desk';
import { inOrder, listedNames, rowsOf } from '../support/browser/ledger-page';
import { openPagesSite, type PagesSite } from '../support/browser/pages';
import { eventually } from '../support/patience';
import { act, agentNode } from '../support/desk/streams';
import { longTest, size } from '../support/size';

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
  await bulk.sell(desk.accountId, ids, Date.parse(deskStartsAt) + 20 * 3_600_000);
  await bulk.close();
  crowd = { desk, names: new Map(people.map((person, at) => [agentNode(person), names[at]!])) };
});
afterEach(() => at.closeWindows());
afterAll(() => at.close());

const openCrowd = async () => at.openAs(await at.openWindow(), crowd.desk.admin, '/admin/ledger');

longTest('pages go forward and back as in the API, and are in the address', async () => {
  const page = await openCrowd();
  const all = await listedNames(crowd.desk, crowd.names, { first: 100 });
  await inOrder(page, all.slice(0, 20));
  await page.getByText('130 in total').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await inOrder(page, all.slice(20, 40));
  await page.reload();
  await inOrder(page, all.slice(20, 40));
  await page.getByRole('button', { name: 'Next' }).click();
  await inOrder(page, all.slice(40, 60));
  await page.getByRole('button', { name: 'Previous' }).click();
  await inOrder(page, all.slice(20, 40));
});

test('an export of several pages has all rows of the list, and no formula; another format has semicolons', async () => {
  const page = await openCrowd();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(
    `day-passes-${crowd.desk.slug}-${deskStartsAt.slice(0, 10)}.csv`,
  );
  await page.getByText('130 rows exported.').waitFor();
  const text = await readFile(await file.path(), 'utf8');
  expect(
    text.startsWith('\uFEFF"Consumption","Agent","E-mail","Consumed at (UTC)","Local date",'),
  ).toBe(true);
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

  await page.getByRole('button', { name: 'Other export formats' }).click();
  const other = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'For Excel in Europe' }).click();
  const european = await readFile(await (await other).path(), 'utf8');
  expect(european.startsWith('\uFEFF"Consumption";"Agent";"E-mail";')).toBe(true);
  await page.getByText('130 rows exported.').waitFor();
});

longTest('the menu of other formats is used by keyboard and by finger', async () => {
  const page = await openCrowd();
  await rowsOf(page).first().waitFor();
  const focused = page.locator(':focus');
  const button = page.getByRole('button', { name: 'Other export formats' });
  const item = page.getByRole('menuitem', { name: 'For Excel in Europe' });
  const goToItem = () =>
    eventually(async () => {
      await page.keyboard.press('ArrowDown');
      expect(await item.and(focused).count()).toBe(1);
    });
  await page.getByRole('button', { name: 'Export CSV' }).focus();
  await page.keyboard.press('Tab');
  await button.and(focused).waitFor();
  await page.keyboard.press('Enter');
  await goToItem();
  await page.keyboard.press('Escape');
  await item.waitFor({ state: 'detached' });
  await button.and(focused).waitFor();
  await page.keyboard.press('Enter');
  await goToItem();
  const byKeyboard = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  await byKeyboard;

  const phone = await at.openWindow({ hasTouch: true, isMobile: true });
  const touched = await at.openAs(phone, crowd.desk.admin, '/admin/ledger');
  await rowsOf(touched).first().waitFor();
  await touched.getByRole('button', { name: 'Other export formats' }).tap();
  const byFinger = touched.waitForEvent('download');
  await touched.getByRole('menuitem', { name: 'For Excel in Europe' }).tap();
  await byFinger;
});

/** What a test needs of a browser's element. */
interface Control {
  isConnected: boolean;
  dispatchEvent(event: object): void;
}
type Pointed = new (type: string, options: object) => object;

/** Whether a control is replaced as soon as a mouse is on it, before that can press. */
const isReplacedAtOnce = (control: Locator) =>
  control.evaluate((element) => {
    const { PointerEvent } = globalThis as unknown as { PointerEvent: Pointed };
    const pointed = element as unknown as Control;
    pointed.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }));
    return !pointed.isConnected;
  });

longTest(
  'a press of the mouse does not begin on a control and end on the one that replaces it',
  async () => {
    const page = await openCrowd();
    await rowsOf(page).first().waitFor();
    for (const [control, opened] of [
      [page.getByRole('button', { name: 'Other export formats' }), page.getByRole('menuitem')],
      [page.getByRole('combobox', { name: 'Agent' }), page.getByRole('listbox')],
    ] as const) {
      expect(await isReplacedAtOnce(control)).toBe(true);
      await control.click();
      await opened.first().waitFor();
    }
  },
);

longTest('a running export shows its progress, and can be cancelled', async () => {
  const page = await openCrowd();
  await rowsOf(page).first().waitFor();
  await page.route(apiAddress, async (route) => {
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

test('texts are quoted as RFC 4180 says, and numbers follow the format', () => {
  const columns = [{ title: 'Text, or so', value: (cell: Cell) => cell }];
  expect(csvHead(columns, plainCsv)).toBe('\uFEFF"Text, or so"\r\n');
  const plain = (cell: Cell) => csvLines(columns, [cell], plainCsv);
  const european = (cell: Cell) => csvLines(columns, [cell], europeanCsv);
  expect(plain('plain')).toBe('"plain"\r\n');
  expect(plain('say "hi"')).toBe('"say ""hi"""\r\n');
  expect(plain('two\nlines')).toBe('"two\nlines"\r\n');
  expect(plain('a;=2')).toBe('"a;\'=2"\r\n');
  expect(plain(null)).toBe('\r\n');
  expect([plain(-1), european(-1)]).toEqual(['-1\r\n', '-1\r\n']);
  const price = { amount: '12.50' };
  expect([plain(price), european(price)]).toEqual(['12.50\r\n', '12,50\r\n']);
});

const separators = [',', ';', '\t', '|'];
const formulaSigns = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\u2212'];

test.each([plainCsv, europeanCsv])(
  'with any separator of a spreadsheet, no cell of %p begins a formula',
  (format) => {
    const columns = [{ title: 'Text', value: (text: string) => text }];
    const parts = [...separators, ...formulaSigns, '"', '\n', '\r', ' ', '\u00A0', '1', 'a'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts)), (text) => {
        const lines = csvLines(columns, [text.join(''), 'next'], format);
        for (const separator of separators) {
          // A reader that expects another separator also reads the quotes as part of the text.
          const cells = lines.split(new RegExp(`[${separator}\r\n]`));
          const begins = (cell: string) => cell.replace(/^"?[\u00A0 ]*/, '').charAt(0);
          expect(cells.filter((cell) => formulaSigns.includes(begins(cell)))).toEqual([]);
        }
      }),
      { numRuns: size(300, 2_000) },
    );
  },
);

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
