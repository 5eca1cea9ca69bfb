import { addTickets, codeOf } from '../support/catalogue';
import { openTestSite, type Desk, type TestSite } from '../support/desk';

/* What PostgreSQL cannot hold is refused at the door, and never becomes a fault of ours. */

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
  desk = await site.openDesk({ passes: 1 });
  await addTickets(desk, 1);
});
afterAll(() => site.close());

const fields = [
  'tickets(filter: {search: $text}) { totalCount }',
  'tickets(filter: {externalIds: [$text]}) { totalCount }',
  'tickets(after: $text) { totalCount }',
  'ticket(externalId: $text) { id }',
  'agents(filter: {search: $text}) { totalCount }',
  'agent(email: $text) { id }',
  'clients(filter: {search: $text}) { totalCount }',
  'clients(filter: {externalIds: [$text]}) { totalCount }',
  'node(id: $id) { id }',
  'dayPassWallet(id: $id) { id }',
  'viewer { portalAccess(ticketExternalId: $text) { allowed } }',
  'viewer { portalAccess(locale: $text) { allowed } }',
];

const texts = { 'U+0000': 'a\0b', 'half a pair': 'a\ud83d', 'the other half': '\ude00' };

describe.each(Object.entries(texts))('%s', (_name, text) => {
  test.each(fields)('%s', async (field) => {
    const declared = field.includes('$text') ? '$text: String!' : '$id: ID!';
    const query = `query Q(${declared}) { ${field} }`;
    expect(await codeOf(desk, desk.admin.bearer, query, { text, id: text })).toBe('BAD_USER_INPUT');
  });
});

test('in the text of the operation it is the same', async () => {
  const query = '{ tickets(filter: {search: "a\\u0000"}) { totalCount } }';
  expect(await codeOf(desk, desk.admin.bearer, query)).toBe('BAD_USER_INPUT');
});

test('whole pairs and any script are searched for', async () => {
  const query = 'query Q($text: String!) { tickets(filter: {search: $text}) { totalCount } }';
  expect(await codeOf(desk, desk.admin.bearer, query, { text: '😀 日本' })).toBeNull();
});

test.each([
  'tickets(filter: {search: $text}) { totalCount }',
  'agents(filter: {search: $text}) { totalCount }',
  'clients(filter: {search: $text}) { totalCount }',
])('a search of more than 200 characters is refused: %s', async (field) => {
  const query = `query Q($text: String!) { ${field} }`;
  const ask = (length: number) =>
    codeOf(desk, desk.admin.bearer, query, { text: 'x'.repeat(length) });
  expect(await ask(200)).toBeNull();
  expect(await ask(201)).toBe('BAD_USER_INPUT');
});

test.each(['dayPassConsumptions(filter: {localDate: $date}) { totalCount }'])(
  'dates at the ends of the calendar are dates: %s',
  async (field) => {
    const query = `query Q($date: Date!) { ${field} }`;
    for (const date of ['0001-01-01', '9999-12-31']) {
      expect(await codeOf(desk, desk.admin.bearer, query, { date })).toBeNull();
    }
  },
);

test('instants at the ends of the calendar are instants', async () => {
  const query =
    'query Q($at: DateTime!) { dayPassConsumptions(filter: {from: $at, to: $at}) { totalCount } }';
  for (const at of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00']) {
    expect(await codeOf(desk, desk.admin.bearer, query, { at })).toBeNull();
  }
});
