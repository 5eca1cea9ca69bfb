import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';
import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import {
  FilterEventsDocument,
  type FilterEventsQueryVariables,
  WatchEventsDocument,
  WatchExpiriesDocument,
  ReadEventsDocument,
  WhereItStandsDocument,
} from '../generated/operations';
import { manyReasons, openBulkLedger, type BulkLedger } from '../support/desk/bulk';
import type { Desk } from '../support/desk/desk';
import { size } from '../support/size';
import { appendUnknownEntry } from '../support/desk/unknown-entry';
import {
  act,
  advanceTo,
  agentNode,
  openStreamSite,
  type StreamSite,
} from '../support/desk/streams';

let at: StreamSite;
let bulk: BulkLedger;

beforeAll(async () => {
  at = await openStreamSite();
  bulk = openBulkLedger(at.site.source, at.here.databaseUrl);
});

afterEach(() => at.closeSockets());
afterAll(async () => {
  await bulk.close();
  await at.close();
});

const journalCursor = async (desk: Desk) =>
  (await act(desk, WhereItStandsDocument, {})).account.journalCursor;

/** In the long run more than a process keeps of a journal for readers who are a little behind. */
const burst = size(900, 4_600);
const burstNumbers = Array.from({ length: burst }, (_, index) => index + 2);

test('a burst reaches a reader completely and in order, and one who stopped reading misses nothing', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  // 13 MB in all, which no buffer between the service and its reader can hold.
  const bulky = parse(
    `subscription ($after: String) { dayPassEvents(after: $after) { sequence
      ... on DayPassesGranted { ${manyReasons(size(10, 2))} } } }`,
  ) as TypedDocumentNode<{ dayPassEvents: { sequence: number } }, { after: string }>;
  const after = await journalCursor(desk);
  const slow = at.connect(desk.admin);
  const stream = slow.subscribe(bulky, { after });
  const live = at.connect(desk.admin).subscribe(WatchEventsDocument, { after });
  await desk.add(1);
  await stream.next();
  const socket = await slow.socket();
  socket.pause();
  await bulk.grant(desk.accountId, burst - 1);
  const heard = (await live.take(burst)).map(({ dayPassEvents }) => dayPassEvents);
  expect(heard.map(({ sequence }) => sequence)).toEqual(burstNumbers);
  expect(heard.map(({ walletSequence }) => walletSequence)).toEqual(burstNumbers);
  expect(heard.map(({ balance }) => balance)).toEqual(burstNumbers);

  // The stream has the same as the list of the journal, cursor by cursor.
  const from = heard[400]!.cursor;
  const { dayPassEvents: page } = await act(desk, ReadEventsDocument, { after: from, first: 100 });
  expect(page?.edges.map(({ node }) => node)).toEqual(heard.slice(401, 501));

  // The process has received the end of it: a new subscriber gets only the next.
  const fast = at
    .connect(desk.admin)
    .subscribe(WatchEventsDocument, { after: await journalCursor(desk) });
  await desk.add(1);
  expect((await fast.next()).dayPassEvents.sequence).toBe(burst + 2);
  socket.resume();
  const late = await stream.take(burst);
  expect(late.map(({ dayPassEvents }) => dayPassEvents.sequence)).toEqual([
    ...burstNumbers.slice(1),
    burst + 2,
  ]);
});

test('a stream of one wallet has events of that wallet only', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const clientId = newId();
  const walletId = newId();
  await desk.sql(
    `insert into clients (account_id, id, name, created_at) values ($1, $2, 'A client', now())`,
    [clientId],
  );
  await desk.sql(
    `insert into wallets (account_id, id, name, client_id, last_hash, created_at)
     select $1, $2, 'The wallet of a client', $3, last_hash, now()
     from journals where account_id = $1`,
    [walletId, clientId],
  );
  const id = nodeId('DayPassWallet', walletId);
  const after = await journalCursor(desk);
  const events = at.connect(desk.admin).subscribe(WatchEventsDocument, { after, walletId: id });
  for (let count = 0; count < 3; count += 1) {
    await desk.add(1);
    await desk.add(1, { walletId: id });
  }
  const heard = (await events.take(3)).map(({ dayPassEvents }) => dayPassEvents);
  expect(heard.map(({ sequence }) => sequence)).toEqual([3, 5, 7]);
  expect(heard.map(({ walletSequence }) => walletSequence)).toEqual([1, 2, 3]);
});

describe('the journal is for admins with access', () => {
  test('and by no mere agent, contact or admin outside', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const [outside] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
    const contact = { id: '', bearer: await desk.bearer(null) };
    const faultOf = (person: typeof contact) =>
      at.connect(person).subscribe(WatchEventsDocument).fault();
    expect(await faultOf(desk.agent)).toBe('FORBIDDEN');
    expect(await faultOf(contact)).toBe('FORBIDDEN');
    expect(await faultOf(outside!)).toBe('DAY_PASS_REQUIRED');
  });

  test('and only they learn that a wallet does not exist', async () => {
    const [desk, other] = [await at.site.openDesk(), await at.site.openDesk()];
    const foreign = (await act(other, WhereItStandsDocument, {})).dayPassWallet!.id;
    for (const walletId of [foreign, nodeId('DayPassWallet', newId())]) {
      const asked = (person: typeof desk.agent) =>
        at.connect(person).subscribe(WatchEventsDocument, { walletId }).fault();
      expect(await asked(desk.admin)).toBe('NOT_FOUND');
      expect(await asked(desk.agent)).toBe('FORBIDDEN');
    }
  });
});

describe('passes that end', () => {
  async function twoWhoEnter() {
    const desk = await at.site.openDesk({ agents: 2, passes: 2, timeZone: 'UTC' });
    const after = await journalCursor(desk);
    const [first, second] = [await desk.enter(desk.agents[0]!), await desk.enter(desk.agents[1]!)];
    return { desk, after, first: first.consumption, second: second.consumption };
  }

  test('are received by their own agent, at the exact end, and by no other', async () => {
    const { desk, after, first, second } = await twoWhoEnter();
    const streams = desk.agents.map((agent) => {
      const socket = at.connect(agent);
      const agentId = agentNode(agent);
      return [{ after }, { after, agentId }].map((variables) =>
        socket.subscribe(WatchExpiriesDocument, variables),
      );
    });
    await advanceTo(desk, first.expiresAt);
    for (const [index, consumption] of [first, second].entries()) {
      for (const stream of streams[index]!) {
        const { dayPassExpired } = await stream.next();
        expect(dayPassExpired).toMatchObject({
          occurredAt: consumption.expiresAt,
          consumption: { id: consumption.id, status: 'EXPIRED' },
        });
      }
    }
  });

  test('are received by an admin, of all agents or of one', async () => {
    const { desk, after, first, second } = await twoWhoEnter();
    const socket = at.connect(desk.admin);
    const all = socket.subscribe(WatchExpiriesDocument, { after });
    const agentId = agentNode(desk.agents[1]!);
    const one = socket.subscribe(WatchExpiriesDocument, { after, agentId });
    await advanceTo(desk, first.expiresAt);
    const heard = (await all.take(2)).map(({ dayPassExpired }) => dayPassExpired.consumption.id);
    expect(heard.sort()).toEqual([first.id, second.id].sort());
    expect((await one.next()).dayPassExpired.consumption.id).toBe(second.id);
  });

  test('are not received without the permission for other agents', async () => {
    const desk = await at.site.openDesk({ agents: 2 });
    const contact = { id: '', bearer: await desk.bearer(null) };
    const agentId = agentNode(desk.agents[1]!);
    const faultOf = (person: typeof contact, variables: { agentId?: string }) =>
      at.connect(person).subscribe(WatchExpiriesDocument, variables).fault();
    expect(await faultOf(desk.agents[0]!, { agentId })).toBe('FORBIDDEN');
    expect(await faultOf(contact, {})).toBe('FORBIDDEN');
  });

  test('of an agent of another account are refused in the same way as of one who does not exist', async () => {
    const [desk, other] = [await at.site.openDesk(), await at.site.openDesk()];
    const foreign = agentNode(other.agent);
    for (const agentId of [foreign, nodeId('Agent', newId())]) {
      const asked = (person: typeof desk.agent) =>
        at.connect(person).subscribe(WatchExpiriesDocument, { agentId }).fault();
      expect(await asked(desk.admin)).toBe('NOT_FOUND');
      expect(await asked(desk.agent)).toBe('FORBIDDEN');
    }
  });
});

test('filters by kind and time find the same entries as reading all, page by page from both ends', async () => {
  const desk = await at.site.openDesk({ agents: 2, passes: 2 });
  for (const agent of desk.agents) {
    await desk.enter(agent);
    await desk.moveClock(3_600_000);
    await desk.add(1);
    await desk.moveClock(3_600_000);
  }
  const list = async (variables: FilterEventsQueryVariables) =>
    (await act(desk, FilterEventsDocument, variables)).dayPassEvents!;
  const all = (await list({ first: 100 })).edges.map(({ node }) => node);
  const instants = all.map(({ occurredAt }) => occurredAt);
  const times = [null, instants[0]!, instants[3]!, instants.at(-1)!, '2099-01-01T00:00:00.000Z'];
  const kindLists = [
    null,
    ['DayPassesGranted'],
    ['DayPassConsumed', 'DayPassWalletEmpty'],
    ['None'],
  ];
  for (const kinds of kindLists) {
    for (const from of times) {
      for (const to of times) {
        const expected = all.filter(
          ({ __typename, occurredAt }) =>
            (kinds?.includes(__typename) ?? true) &&
            (from === null || occurredAt >= from) &&
            (to === null || occurredAt < to),
        );
        const filter = { kinds, from, to };
        const { totalCount, edges } = await list({ filter, first: 100 });
        expect(edges.map(({ node }) => node)).toEqual(expected);
        expect(totalCount).toBe(expected.length);
      }
    }
  }

  const filter = { from: instants[0], to: instants.at(-1) };
  const within = all.filter(({ occurredAt: at }) => at >= filter.from! && at < filter.to!);
  const [forwards, backwards]: number[][] = [[], []];
  let page = await list({ filter, first: 2 });
  for (; ; page = await list({ filter, first: 2, after: page.pageInfo.endCursor })) {
    forwards!.push(...page.edges.map(({ node }) => node.sequence));
    if (!page.pageInfo.hasNextPage) break;
  }
  for (page = await list({ filter, last: 2 }); ;) {
    backwards!.unshift(...page.edges.map(({ node }) => node.sequence));
    if (!page.pageInfo.hasPreviousPage) break;
    page = await list({ filter, last: 2, before: page.pageInfo.startCursor });
  }
  const sequences = within.map(({ sequence }) => sequence);
  expect(sequences.length).toBeGreaterThan(3);
  expect([forwards, backwards]).toEqual([sequences, sequences]);
});

describe('an entry of a kind that this release does not know', () => {
  const fields = `__typename id sequence delta balance cursor actor { __typename } wallet { balance }
    ... on OtherDayPassEvent { kind }`;

  test('is returned by the query, by node and by both streams, and breaks none of them', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const watchEvents: typeof WatchEventsDocument = parse(
      `subscription { dayPassEvents { ${fields} } }`,
    );
    const journal = at.connect(desk.admin).subscribe(watchEvents, {});
    const balances = parse(
      `subscription { dayPassWalletChanged { balance cause { ${fields} } } }`,
    ) as TypedDocumentNode<{ dayPassWalletChanged: { balance: number; cause: object } }, object>;
    const wallet = at.connect(desk.admin).subscribe(balances, {});
    expect((await wallet.next()).dayPassWalletChanged.balance).toBe(1);
    await desk.add(1);
    expect((await journal.next()).dayPassEvents).toMatchObject({ sequence: 2, balance: 2 });
    await wallet.next();

    const id = nodeId('DayPassEvent', await appendUnknownEntry(desk));
    await desk.add(1);
    const unknown = {
      __typename: 'OtherDayPassEvent',
      id,
      kind: 'toString',
      sequence: 3,
      delta: 2,
      balance: 4,
      actor: null,
    };
    expect((await journal.next()).dayPassEvents).toMatchObject(unknown);
    expect((await journal.next()).dayPassEvents).toMatchObject({ sequence: 4, balance: 5 });
    const change = { balance: 4, cause: unknown };
    expect((await wallet.next()).dayPassWalletChanged).toMatchObject(change);

    const query = `query ($id: ID!) { node(id: $id) { ... on DayPassEvent { ${fields} } }
      dayPassEvents(first: 10) { edges { node { ${fields} } } } }`;
    const read = parse(query) as TypedDocumentNode<
      { node: object; dayPassEvents: { edges: { node: { sequence: number } }[] } },
      { id: string }
    >;
    const found = await act(desk, read, { id });
    expect(found.node).toMatchObject(unknown);
    const nodes = found.dayPassEvents.edges.map(({ node }) => node);
    expect(nodes.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(nodes[2]).toMatchObject(unknown);
  });
});
