import {
  WatchEventsDocument,
  WatchGateDocument,
  WatchWalletDocument,
  WhereItStandsDocument,
} from '../generated/operations';
import { act, openStreamSite, type StreamSite } from '../support/desk/streams';

let at: StreamSite;

beforeAll(async () => {
  at = await openStreamSite();
});

afterEach(() => at.closeSockets());
afterAll(() => at.close());

const numbersOf = (events: readonly { sequence: number }[]) =>
  events.map(({ sequence }) => sequence);
const upTo = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('a subscriber of one process receives the changes of another, in order', async () => {
  const desk = await at.site.openDesk({ agents: 4, passes: 10 });
  const { account } = await act(desk, WhereItStandsDocument, {});
  const socket = at.connect(desk.admin, at.there);
  const wallet = socket.subscribe(WatchWalletDocument);
  const events = socket.subscribe(WatchEventsDocument, { after: account.journalCursor });
  expect((await wallet.next()).dayPassWalletChanged.balance).toBe(10);

  for (const agent of desk.agents) await desk.enter(agent);
  const heard = (await events.take(4)).map(({ dayPassEvents }) => dayPassEvents);
  expect(numbersOf(heard)).toEqual([2, 3, 4, 5]);
  expect(heard.map(({ __typename }) => __typename)).toEqual(Array(4).fill('DayPassConsumed'));
  const changes = await wallet.take(4);
  const balances = changes.map(({ dayPassWalletChanged }) => dayPassWalletChanged.balance);
  expect(balances).toEqual([9, 8, 7, 6]);
});

test('a gate that is open at one process opens at another', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const gate = at.connect(desk.agent, at.there).subscribe(WatchGateDocument);
  expect((await gate.next()).portalAccessChanged.__typename).toBe('DayPassRequired');
  const { consumption } = await desk.enter(desk.agent);
  expect((await gate.next()).portalAccessChanged).toMatchObject({
    __typename: 'PortalAccessGranted',
    dayPass: { id: consumption.id },
    until: consumption.expiresAt,
  });
});

test('a reader who reconnects to another process with a cursor misses nothing and gets nothing twice', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const { account } = await act(desk, WhereItStandsDocument, {});
  let after = account.journalCursor;
  const heard: number[] = [];
  const writing = (async () => {
    for (let count = 0; count < 21; count += 1) await desk.add(1);
  })();
  // Bounded by the number of entries: every connect receives some.
  for (let visit = 0; heard.length < 21; visit += 1) {
    const socket = at.connect(desk.admin, visit % 2 ? at.here : at.there);
    const stream = socket.subscribe(WatchEventsDocument, { after });
    for (const { dayPassEvents } of await stream.take(Math.min(3, 21 - heard.length))) {
      heard.push(dayPassEvents.sequence);
      after = dayPassEvents.cursor;
    }
    await socket.close();
  }
  await writing;
  expect(heard).toEqual(upTo(2, 22));
});

describe('a query and the stream that continues from it join without a gap, while others write', () => {
  test('from journalCursor', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const writing = Promise.all(Array.from({ length: 24 }, () => desk.add(1)));
    const readers = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => {
        const service = index % 2 ? at.here : at.there;
        const stood = await act(desk, WhereItStandsDocument, {}, { service });
        const stream = at
          .connect(desk.admin, service)
          .subscribe(WatchEventsDocument, { after: stood.account.journalCursor });
        return { stood, stream };
      }),
    );
    await writing;
    // Another message for readers who began at the last entry, too.
    await desk.add(1);
    for (const { stream } of readers) {
      const events: { sequence: number; balance: number }[] = [];
      do events.push((await stream.next()).dayPassEvents);
      while (events.at(-1)!.balance < 26);
      const numbers = numbersOf(events);
      expect(numbers).toEqual(upTo(numbers[0]!, 26));
    }
  });

  test("from the wallet's own cursor, which is as old as the balance beside it", async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const writing = Promise.all(Array.from({ length: 24 }, () => desk.add(1)));
    const readers = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => {
        const service = index % 2 ? at.here : at.there;
        const { dayPassWallet } = await act(desk, WhereItStandsDocument, {}, { service });
        const { cursor: after, balance } = dayPassWallet!;
        const stream = at.connect(desk.admin, service).subscribe(WatchWalletDocument, { after });
        return { balance, stream };
      }),
    );
    await writing;
    // Another message for readers of the last balance, too.
    await desk.add(1);
    for (const { balance: shown, stream } of readers) {
      let balance = shown;
      while (balance < 26) {
        const { dayPassWalletChanged: change } = await stream.next();
        expect(change).toMatchObject({ balance: balance + change.delta, delta: 1, resync: false });
        balance = change.balance;
      }
    }
  });
});
