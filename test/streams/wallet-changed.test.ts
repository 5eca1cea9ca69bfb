import { parse } from 'graphql';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import { WatchWalletDocument, WhereItStandsDocument } from '../generated/operations';
import { manyReasons, openBulkLedger, type BulkLedger } from '../support/desk/bulk';
import { wideLimits } from '../support/desk/service';
import { act, openStreamSite, type StreamSite } from '../support/desk/streams';
import { bounded } from '../support/desk/socket';

let at: StreamSite;
let bulk: BulkLedger;

beforeAll(async () => {
  at = await openStreamSite(wideLimits);
  bulk = openBulkLedger(at.site.source, at.here.databaseUrl);
});

afterEach(() => at.closeSockets());
afterAll(async () => {
  await bulk.close();
  await at.close();
});

test('a wallet is shown as it is, then each change with what caused it', async () => {
  const desk = await at.site.openDesk({ passes: 3 });
  const wallet = at.connect(desk.admin).subscribe(WatchWalletDocument);
  expect((await wallet.next()).dayPassWalletChanged).toMatchObject({
    sequence: 1,
    balance: 3,
    delta: 0,
    cause: null,
    resync: false,
    wallet: { balance: 3 },
  });
  await desk.enter(desk.agent);
  expect((await wallet.next()).dayPassWalletChanged).toMatchObject({
    sequence: 2,
    balance: 2,
    delta: -1,
    cause: { __typename: 'DayPassConsumed', sequence: 2 },
    resync: false,
  });
  await desk.add(5);
  expect((await wallet.next()).dayPassWalletChanged).toMatchObject({
    balance: 7,
    delta: 5,
    cause: { __typename: 'DayPassesGranted', sequence: 3 },
  });
});

test('with a cursor every change since is sent, and no present state before them', async () => {
  const desk = await at.site.openDesk({ agents: 2, passes: 3 });
  const stood = await act(desk, WhereItStandsDocument, {});
  await desk.enter(desk.agents[0]!);
  await desk.add(4);
  const wallet = at
    .connect(desk.admin)
    .subscribe(WatchWalletDocument, { after: stood.dayPassWallet!.cursor });
  await desk.enter(desk.agents[1]!);
  const changes = (await wallet.take(3)).map(({ dayPassWalletChanged }) => dayPassWalletChanged);
  expect(changes.map(({ delta, balance }) => [delta, balance])).toEqual([
    [-1, 2],
    [4, 6],
    [-1, 5],
  ]);
});

test('the cause of a change is shown to admins with access, and to nobody else', async () => {
  const desk = await at.site.openDesk({ passes: 5 });
  const [mere, chief] = await desk.addAgents([{ type: 'FULL_TIME' }, { role: 'ACCOUNT_ADMIN' }]);
  const streams = [desk.agent, mere!, chief!].map((person) =>
    at.connect(person).subscribe(WatchWalletDocument),
  );
  for (const stream of streams) await stream.next();
  await desk.add(1);
  for (const stream of streams) {
    const { dayPassWalletChanged: change } = await stream.next();
    expect(change).toMatchObject({ balance: 6, delta: 1, cause: null });
  }
  // The occasional admin enters, and receives them from then on.
  await desk.enter(chief!);
  const [first, , third] = await Promise.all(streams.map((stream) => stream.next()));
  expect(first?.dayPassWalletChanged.cause).toBeNull();
  expect(third?.dayPassWalletChanged.cause).toMatchObject({ __typename: 'DayPassConsumed' });
});

test('alerts and other wallets are no changes of a wallet', async () => {
  const desk = await at.site.openDesk({ agents: 2, passes: 2, lowBalanceThreshold: 1 });
  const wallet = at.connect(desk.admin).subscribe(WatchWalletDocument);
  await wallet.next();
  for (const agent of desk.agents) await desk.enter(agent);
  expect(await desk.kinds()).toContain('DayPassWalletLow');
  const heard = (await wallet.take(2)).map(({ dayPassWalletChanged }) => dayPassWalletChanged);
  expect(heard.map(({ balance }) => balance)).toEqual([1, 0]);
  await desk.add(1);
  expect((await wallet.next()).dayPassWalletChanged).toMatchObject({ balance: 1, delta: 1 });
});

describe('a stream of a wallet is refused', () => {
  const cases: [what: string, variables: { walletId?: string; after?: string }, code: string][] = [
    ['if it does not exist', { walletId: nodeId('DayPassWallet', newId()) }, 'NOT_FOUND'],
    ['if the id is of another type', { walletId: nodeId('Agent', newId()) }, 'NOT_FOUND'],
    ['if the id is malformed', { walletId: 'mine' }, 'BAD_USER_INPUT'],
    ['after what is no cursor', { after: 'yesterday' }, 'BAD_USER_INPUT'],
  ];

  test.each(cases)('%s', async (_, variables, code) => {
    const desk = await at.site.openDesk();
    expect(await at.connect(desk.admin).subscribe(WatchWalletDocument, variables).fault()).toBe(
      code,
    );
  });

  test("for another account's wallet and after another account's cursor", async () => {
    const [desk, other] = [await at.site.openDesk(), await at.site.openDesk({ passes: 1 })];
    const { dayPassWallet, account } = await act(other, WhereItStandsDocument, {});
    const socket = at.connect(desk.admin);
    const foreign = socket.subscribe(WatchWalletDocument, { walletId: dayPassWallet!.id });
    expect(await foreign.fault()).toBe('NOT_FOUND');
    const after = socket.subscribe(WatchWalletDocument, { after: account.journalCursor });
    expect(await after.fault()).toBe('BAD_USER_INPUT');
  });

  test('after a place that a restore from backup undid', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const { account } = await act(desk, WhereItStandsDocument, {});
    const undone = account.journalCursor.replace(/.{4}$/, (end) =>
      end === 'AAAA' ? 'BBBB' : 'AAAA',
    );
    const stream = at.connect(desk.admin).subscribe(WatchWalletDocument, { after: undone });
    expect(await stream.fault()).toBe('CURSOR_UNKNOWN');
  });

  test('for a contact and for an agent who is deactivated', async () => {
    const desk = await at.site.openDesk();
    const [gone] = await desk.addAgents([{ status: 'DEACTIVATED' }]);
    const contact = { id: '', bearer: await desk.bearer(null) };
    for (const person of [gone!, contact]) {
      expect(await at.connect(person).subscribe(WatchWalletDocument).fault()).toBe('FORBIDDEN');
    }
  });
});

test('a reader that is too slow receives the present state once, marked as resync, one that reads on never', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  // Messages so large that two hundred fill all buffers between the process and its reader.
  const bulky = parse(
    `subscription { dayPassWalletChanged {
      sequence balance delta resync
      cause { ... on DayPassesGranted { ${manyReasons(40)} } } } }`,
  ) as TypedDocumentNode<
    {
      dayPassWalletChanged: {
        sequence: number;
        balance: number;
        delta: number;
        resync: boolean;
        cause: object | null;
      };
    },
    object
  >;
  const slow = at.connect(desk.admin);
  const stream = slow.subscribe(bulky);
  await stream.next();
  const events = parse(
    'subscription ($after: String) { dayPassEvents(after: $after) { sequence } }',
  ) as TypedDocumentNode<{ dayPassEvents: { sequence: number } }, { after: string }>;
  const stood = await act(desk, WhereItStandsDocument, {});
  const fast = at.connect(desk.admin).subscribe(events, { after: stood.account.journalCursor });
  const socket = await slow.socket();
  socket.pause();
  await bulk.grant(desk.accountId, 1_500);
  // The process has received all of it: its other reader has.
  await fast.take(1_500);
  socket.resume();

  let last = { balance: 1, sequence: 1 };
  for (;;) {
    const { dayPassWalletChanged: change } = await bounded(stream.next(), 'a resync');
    if (change.resync) {
      expect(change).toMatchObject({ balance: 1_501, sequence: 1_501, delta: 0, cause: null });
      break;
    }
    expect(change).toMatchObject({ balance: last.balance + 1, sequence: last.sequence + 1 });
    last = change;
  }
  expect(last.sequence).toBeLessThan(501);
  await desk.add(7);
  expect((await stream.next()).dayPassWalletChanged).toMatchObject({
    balance: 1_508,
    delta: 7,
    resync: false,
  });

  // As far behind at first, but not slow.
  const after = stood.dayPassWallet!.cursor;
  const late = at.connect(desk.agent).subscribe(WatchWalletDocument, { after });
  const changes = (await late.take(1_501)).map(({ dayPassWalletChanged }) => dayPassWalletChanged);
  expect(changes.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: 1_501 }, (_, index) => index + 2),
  );
  expect(changes.some(({ resync }) => resync)).toBe(false);
});
