import {
  AskGateDocument,
  WatchEventsDocument,
  WatchGateDocument,
  WatchWalletDocument,
  ListKeysDocument,
  ProceedDocument,
  TouchTicketsDocument,
  WhereItStandsDocument,
  WhatIsThisKeyDocument,
} from '../generated/operations';
import { dataOf, eventually, faultCodeOf, type Desk, type Person } from '../support/desk/desk';
import { EventReader } from '../support/desk/event-reader';
import { addAgentKey, addKey, openPortalSession, revokeKey, type Key } from '../support/desk/keys';
import type { TestService } from '../support/desk/service';
import { bounded, subscribersOf } from '../support/desk/socket';
import { act, openStreamSite, type StreamSite } from '../support/desk/streams';

/*
 * A key is revoked at `here`; what it did at `there`, another process on the same database, ends.
 */

let at: StreamSite;

beforeAll(async () => {
  at = await openStreamSite();
});
afterEach(() => at.closeSockets());
afterAll(() => at.close());

const whoIs = (person: Person, service: TestService = at.there) =>
  service.request(WhatIsThisKeyDocument, { token: person.bearer });

const partner = (desk: Desk) =>
  addKey(desk, {
    scopes: ['wallet:read', 'journal:read', 'tickets:read', 'portal_sessions:write'],
  });

/**
 * All keys of the account, as the ledger writes it, by a process that died before it could send a
 * hint.
 */
const revokeUntold = (desk: Desk) =>
  desk.sql(
    `with raised as (update state_revisions set revision = revision + 1 where account_id = $1)
     update api_keys set revoked_at = now() where account_id = $1`,
  );

test('a key that both processes knew is refused by both', async () => {
  const desk = await at.site.openDesk();
  const key = await partner(desk);
  for (const service of [at.here, at.there]) dataOf(await whoIs(key, service));
  await revokeKey(desk, key);
  expect((await whoIs(key, at.here)).status).toBe(401);
  await eventually(async () => expect((await whoIs(key)).status).toBe(401));
});

test('its sockets close with 4401 and its streams end, and no event comes after', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const key = await partner(desk);
  const { account } = await act(desk, WhereItStandsDocument, {});
  const after = account.journalCursor;
  const socket = at.connect(key, at.there);
  const events = socket.subscribe(WatchEventsDocument, { after });
  const wallet = socket.subscribe(WatchWalletDocument);
  await wallet.next();
  const idle = at.connect(key, at.there);
  await idle.socket();
  dataOf((await idle.request(TouchTicketsDocument)) as never);
  await desk.add(1);
  await events.next();
  await wallet.next();

  await revokeKey(desk, key);
  await desk.add(1);
  for (const one of [socket, idle]) {
    expect(await bounded(one.closed, 'the end')).toMatchObject({ code: 4401 });
  }
  for (const stream of [events, wallet]) await expect(stream.next()).rejects.toThrow(/ended/);
  await eventually(async () => expect(await subscribersOf(at.there.url)).toBe(0));
});

test('its event streams report it once and complete, because reconnecting is useless', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const { bearer, ...key } = await partner(desk);
  const events = await EventReader.open(at.there.url, WatchEventsDocument, { bearer });
  await events.begun();
  await revokeKey(desk, { bearer, ...key });
  await desk.add(1);
  expect(await events.fault()).toBe('UNAUTHENTICATED');
});

test('no event is sent after a revocation, even if its hint is lost', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const key = await partner(desk);
  const { account } = await act(desk, WhereItStandsDocument, {});
  const events = at
    .connect(key, at.there)
    .subscribe(WatchEventsDocument, { after: account.journalCursor });
  await desk.add(1);
  await events.next();
  await revokeUntold(desk);
  await desk.add(1);
  await expect(events.next()).rejects.toThrow(/ended/);
});

test('no other socket closes with it', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const [key, other] = [await partner(desk), await partner(desk)];
  const [first, second] = [at.connect(key, at.there), at.connect(other, at.there)];
  const wallet = second.subscribe(WatchWalletDocument);
  await wallet.next();
  await first.socket();
  dataOf((await first.request(WhatIsThisKeyDocument)) as never);
  await revokeKey(desk, key);
  expect(await bounded(first.closed, 'the end')).toMatchObject({ code: 4401 });
  await desk.add(1);
  expect((await wallet.next()).dayPassWalletChanged.balance).toBe(2);
});

test('a socket with a revoked key is closed with 4401, one with an expired key with 4403', async () => {
  const desk = await at.site.openDesk();
  const key = await partner(desk);
  await revokeKey(desk, key);
  await eventually(async () => {
    const closed = at.connect(key, at.there).closed;
    expect(await bounded(closed, 'the end')).toMatchObject({ code: 4401 });
  });
  const ending = await addKey(desk, { expiresAt: new Date(Date.now() + 3_000).toISOString() });
  const closed = at.connect(ending, at.there).closed;
  expect(await bounded(closed, 'the end')).toMatchObject({ code: 4403 });
});

test('a socket whose key cannot be looked up now is closed so that it reconnects', async () => {
  const key = await partner(await at.site.openDesk());
  const rename = (from: string, to: string) =>
    at.site.source.query(`alter table ${from} rename to ${to}`);
  await rename('api_keys', 'api_keys_away');
  try {
    const closed = at.connect(key, at.there).closed;
    expect(await bounded(closed, 'the end')).toMatchObject({ code: 1013 });
  } finally {
    await rename('api_keys_away', 'api_keys');
  }
  dataOf((await at.connect(key, at.there).request(WhatIsThisKeyDocument)) as never);
});

test('its portal sessions end with it: request, socket and stream', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const key = await partner(desk);
  const session = await openPortalSession(desk, key, desk.agent);
  const socket = at.connect(session, at.there);
  const gate = socket.subscribe(WatchGateDocument);
  await gate.next();
  const answer = await at.there.request(AskGateDocument, { token: session.bearer });
  expect(dataOf(answer).viewer.portalAccess.__typename).toBe('DayPassRequired');
  const token = await desk.tokenFor(session);

  await revokeKey(desk, key);
  expect(await bounded(socket.closed, 'the end')).toMatchObject({ code: 4401 });
  await expect(gate.next()).rejects.toThrow(/ended/);
  const proceeded = await at.there.request(ProceedDocument, {
    token: session.bearer,
    variables: { token },
  });
  expect([proceeded.status, faultCodeOf(proceeded)]).toEqual([401, 'UNAUTHENTICATED']);
  expect(await desk.balance()).toBe(1);
});

test('if every hint is lost, the slow poll finds it', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const [key, session] = await withSession(desk);
  const sockets = [at.connect(key, at.there), at.connect(session, at.there)];
  for (const socket of sockets) dataOf((await socket.request(WhatIsThisKeyDocument)) as never);
  await revokeUntold(desk);
  for (const socket of sockets) {
    expect(await bounded(socket.closed, 'the end')).toMatchObject({ code: 4401 });
  }
  expect((await whoIs(key)).status).toBe(401);
  expect((await whoIs(session)).status).toBe(401);
});

async function withSession(desk: Desk): Promise<[Key, Person]> {
  const key = await partner(desk);
  return [key, await openPortalSession(desk, key, desk.agent)];
}

test('a key of an agent stays valid when the agent is deactivated, with only the permissions of that agent', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const key = await addAgentKey(desk, desk.agent);
  const wallet = at.connect(key, at.there).subscribe(WatchWalletDocument);
  await wallet.next();
  await desk.sql(
    `with raised as (update state_revisions set revision = revision + 1 where account_id = $1)
     update agents set status = 'DEACTIVATED' where account_id = $1 and id = $2`,
    [desk.agent.id],
  );
  expect(await wallet.fault()).toBe('FORBIDDEN');
  const touched = await at.there.request(TouchTicketsDocument, { token: key.bearer });
  expect(faultCodeOf(touched)).toBe('FORBIDDEN');
  dataOf(await whoIs(key));
  expect((await act(desk, ListKeysDocument, {})).apiKeys!.edges).toHaveLength(1);
});
