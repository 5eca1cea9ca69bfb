import {
  FindNotificationDocument,
  ListNotificationsDocument,
  MarkReadDocument,
  SetNotificationMailsDocument,
  TakeBackDocument,
  WatchUnreadDocument,
} from '../generated/operations';
import { comesToRest } from '../support/desk/at-rest';
import { eventually, type Desk, type Person } from '../support/desk/desk';
import { addAgentKey, addKey, openPortalSession } from '../support/desk/keys';
import { act, openStreamSite, type StreamSite } from '../support/desk/streams';

let at: StreamSite;

beforeAll(async () => {
  at = await openStreamSite();
});

afterEach(() => at.closeSockets());
afterAll(() => at.close());

const viewerOf = async (desk: Desk, person: Person = desk.admin, variables = {}) =>
  (await act(desk, ListNotificationsDocument, variables, { person })).viewer;

const listed = async (desk: Desk, person?: Person, variables = {}) =>
  (await viewerOf(desk, person, variables)).notifications!.edges.map(({ node }) => node);

/** An emptied wallet, and a pass that was taken back: two notices for admins, one for the agent. */
async function openNoticedDesk(): Promise<Desk> {
  const desk = await at.site.openDesk({ agents: 2, passes: 2, lowBalanceThreshold: 1 });
  const { consumption } = await desk.enter(desk.agents[0]!);
  await desk.enter(desk.agents[1]!);
  const input = { consumptionId: consumption.id, reason: 'Wrong ticket' };
  await act(desk, TakeBackDocument, { input });
  await comesToRest(desk);
  return desk;
}

test('an admin sees what concerns the account, newest first, and an agent what concerns the agent', async () => {
  const desk = await openNoticedDesk();
  expect((await listed(desk)).map(({ kind }) => kind)).toEqual(['BALANCE_EMPTY', 'BALANCE_LOW']);
  const [own, ...more] = await listed(desk, desk.agents[0], { locale: 'de' });
  expect(more).toEqual([]);
  expect(own).toMatchObject({
    kind: 'PASS_REVERSED',
    title: 'Ihr Tagespass für den 14. Juni 2034 wurde zurückgenommen',
    text: expect.stringContaining('A. Person hat Ihren Tagespass'),
    linkPath: '/portal/mine',
    isRead: false,
  });
  expect(own!.text).toContain('Wrong ticket');
  expect(await listed(desk, desk.agents[1])).toEqual([]);
});

test('the list has pages, and each notification is a node of its reader alone', async () => {
  const desk = await openNoticedDesk();
  const { notifications } = await viewerOf(desk, desk.admin, { first: 1 });
  expect(notifications).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
  const after = notifications!.pageInfo.endCursor;
  const [low] = await listed(desk, desk.admin, { first: 1, after });
  expect(low).toMatchObject({ kind: 'BALANCE_LOW', sequence: 3 });
  const find = async (person: Person) =>
    (await act(desk, FindNotificationDocument, { id: low!.id }, { person })).node;
  expect(await find(desk.admin)).toEqual(low);
  expect(await find(desk.agents[1]!)).toBeNull();
});

test('what was read stays read, for each person separately', async () => {
  const desk = await openNoticedDesk();
  const [second] = await desk.addAgents([{ type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' }]);
  const [newest, oldest] = await listed(desk);
  const mark = async (upTo: string, person = desk.admin) =>
    (await act(desk, MarkReadDocument, { upTo }, { person })).markNotificationsRead!;
  expect((await viewerOf(desk)).unreadNotifications).toBe(2);
  expect(await mark(oldest!.id)).toEqual({ unread: 1, userErrors: [] });
  expect((await listed(desk)).map(({ isRead }) => isRead)).toEqual([false, true]);
  expect(await mark(newest!.id)).toEqual({ unread: 0, userErrors: [] });
  expect(await mark(oldest!.id)).toEqual({ unread: 0, userErrors: [] });
  expect((await viewerOf(desk, second)).unreadNotifications).toBe(2);
  // One that the caller does not see does not exist for the caller.
  expect(await mark(newest!.id, desk.agents[1])).toMatchObject({
    unread: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['upTo'] }],
  });
});

test('other windows and processes receive each new number, and the present one first', async () => {
  const desk = await at.site.openDesk({ agents: 2, passes: 1 });
  const there = at.connect(desk.admin, at.there).subscribe(WatchUnreadDocument);
  const here = at.connect(desk.admin).subscribe(WatchUnreadDocument);
  const unreadOf = async (stream: typeof here) => (await stream.next()).notificationsChanged.unread;
  expect([await unreadOf(here), await unreadOf(there)]).toEqual([0, 0]);
  await desk.enter(desk.agent);
  expect([await unreadOf(here), await unreadOf(there)]).toEqual([1, 1]);
  const [empty] = await listed(desk);
  await act(desk, MarkReadDocument, { upTo: empty!.id });
  expect([await unreadOf(here), await unreadOf(there)]).toEqual([0, 0]);
});

test('mails are on until they are switched off, kind by kind', async () => {
  const desk = await at.site.openDesk();
  const mailsOf = async (person: Person) =>
    (await viewerOf(desk, person)).notificationSettings!.flatMap(({ kind, mail }) =>
      mail ? [kind] : [],
    );
  const set = async (settings: object[], person = desk.admin) => {
    const variables = { settings } as never;
    return (await act(desk, SetNotificationMailsDocument, variables, { person }))
      .updateNotificationSettings!;
  };
  const all = await mailsOf(desk.admin);
  expect(all).toEqual(expect.arrayContaining(['BALANCE_LOW', 'BALANCE_EMPTY', 'PASS_REVERSED']));
  expect(all).not.toContain('INVOICE_ISSUED');
  await set([
    { kind: 'BALANCE_LOW', mail: false },
    { kind: 'WEBHOOK_PAUSED', mail: false },
  ]);
  await set([{ kind: 'WEBHOOK_PAUSED', mail: true }]);
  expect(await mailsOf(desk.admin)).toEqual(all.filter((kind) => kind !== 'BALANCE_LOW'));
  expect(await mailsOf(desk.agent)).toEqual(['PASS_REVERSED']);
  // The language is beside them: left out it stays, and null ends the choice.
  const choose = async (language?: 'DE' | null) => {
    const variables = { settings: [], language };
    const answer = await act(desk, SetNotificationMailsDocument, variables);
    return answer.updateNotificationSettings!.language;
  };
  expect([await choose('DE'), await choose(), await choose(null)]).toEqual(['DE', 'DE', null]);
  const twice = [
    { kind: 'BALANCE_LOW', mail: true },
    { kind: 'BALANCE_LOW', mail: false },
  ];
  for (const [settings, person] of [
    [twice, desk.admin],
    [[{ kind: 'INVOICE_ISSUED', mail: false }], desk.admin],
    [[{ kind: 'BALANCE_LOW', mail: false }], desk.agent],
  ] as const) {
    expect(await set([...settings], person)).toMatchObject({
      settings: null,
      userErrors: [{ code: 'VALIDATION_FAILED', field: ['settings'] }],
    });
  }
});

test('a contact, a key and a portal session have no notifications', async () => {
  const desk = await openNoticedDesk();
  const partner = await addKey(desk, { scopes: ['portal_sessions:write'] });
  const others = [
    { id: '', bearer: await desk.bearer(null) },
    await addKey(desk),
    await addAgentKey(desk, desk.admin),
    await openPortalSession(desk, partner, desk.agents[0]!),
  ];
  for (const { bearer } of others) {
    expect(await viewerOf(desk, { id: '', bearer })).toEqual({
      unreadNotifications: null,
      notificationSettings: null,
      notifications: null,
    });
  }
});

test('after 90 days a notice is not shown', async () => {
  const desk = await openNoticedDesk();
  await desk.sql(
    `update notices set created_at = created_at - interval '90 days'
     where account_id = $1 and kind = 'BALANCE_LOW'`,
  );
  expect((await listed(desk)).map(({ kind }) => kind)).toEqual(['BALANCE_EMPTY']);
  await eventually(async () => expect((await viewerOf(desk)).unreadNotifications).toBe(1));
});
