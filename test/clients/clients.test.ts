import { ClientsDocument, UpsertClientsDocument } from '../generated/operations';
import { addClients } from '../support/desk/catalogue';
import { dataOf, faultCodeOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  desk = await site.openDesk();
});

const upsert = (clients: { externalId: string; name: string }[]) =>
  site.service.request(UpsertClientsDocument, { token: desk.admin.bearer, variables: { clients } });

test('the same external id writes the same client, under its new name', async () => {
  const [id] = await addClients(desk, 'acme');
  const { upsertClients } = dataOf(await upsert([{ externalId: 'acme', name: 'Acme Ltd' }]));
  expect(upsertClients).toEqual({
    clients: [{ id, externalId: 'acme', name: 'Acme Ltd' }],
    userErrors: [],
  });
});

test('each item is written or refused separately, and the error names it', async () => {
  const { upsertClients } = dataOf(
    await upsert([
      { externalId: 'a', name: 'First' },
      { externalId: 'b', name: ' ' },
      { externalId: 'x'.repeat(201), name: 'Long' },
      { externalId: 'c', name: 'a\0b' },
      { externalId: 'a', name: 'Last' },
    ]),
  );
  expect(upsertClients!.clients!.map(({ name }) => name)).toEqual(['Last', 'Last']);
  expect(upsertClients!.userErrors).toEqual([
    { code: 'VALIDATION_FAILED', field: ['clients', '1', 'name'] },
    { code: 'VALIDATION_FAILED', field: ['clients', '2', 'externalId'] },
    { code: 'VALIDATION_FAILED', field: ['clients', '3', 'name'] },
  ]);
});

test('the same clients upserted at the same time exist once', async () => {
  const clients = Array.from({ length: 20 }, (_, at) => ({ externalId: `C${at}`, name: `C${at}` }));
  const answers = await Promise.all(Array.from({ length: 8 }, () => upsert(clients)));
  for (const answer of answers) expect(dataOf(answer).upsertClients!.userErrors).toEqual([]);
  const list = await site.service.request(ClientsDocument, { token: desk.admin.bearer });
  expect(dataOf(list).clients!.totalCount).toBe(20);
});

test('more than 100 at once are refused as a whole', async () => {
  const clients = Array.from({ length: 101 }, (_, at) => ({
    externalId: `C${at}`,
    name: `C${at}`,
  }));
  expect(faultCodeOf(await upsert(clients))).toBe('BAD_USER_INPUT');
});

test('clients are filtered by a part of name or external id, and by external ids', async () => {
  await addClients(desk, 'acme', 'acorn', 'blue');
  const found = async (filter: object) => {
    const answer = await site.service.request(ClientsDocument, {
      token: desk.admin.bearer,
      variables: { filter },
    });
    return dataOf(answer).clients!.edges.map(({ node }) => node.externalId);
  };
  expect(await found({ search: 'AC' })).toEqual(['acme', 'acorn']);
  expect(await found({ externalIds: ['blue', 'none'] })).toEqual(['blue']);
  expect(await found({ externalIds: [] })).toEqual([]);
  expect(await found({ search: 'ac', externalIds: ['acme', 'blue'] })).toEqual(['acme']);
});
