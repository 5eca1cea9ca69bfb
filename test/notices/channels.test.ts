import { noticeKindNames } from '../../src/notices/notice-kinds';
import type { NoticeKind } from '../../src/notices/notice';
import {
  CreateWebhookDocument,
  ListChannelsDocument,
  ListNotificationsDocument,
  RemoveChannelDocument,
  SetChannelDocument,
  TakeBackDocument,
  TestChannelDocument,
  type SetNoticeChannelInput,
} from '../generated/operations';
import {
  eventually,
  faultCodeOf,
  openTestSite,
  type Desk,
  type TestSite,
} from '../support/desk/desk';
import { startMailServer, type MailServer } from '../support/desk/mail-server';
import { enterBuyer, enterSeller, issueOf, openInvoiceWriter } from '../support/desk/invoices';
import { openReceiver, type Receiver } from '../support/desk/receiver';
import { act, advanceTo } from '../support/desk/streams';

let site: TestSite;
let receiver: Receiver;
let mails: MailServer;

beforeAll(async () => {
  receiver = await openReceiver();
  mails = await startMailServer();
  site = await openTestSite({
    DAYPASS_PRIVATE_WEBHOOKS: 'true',
    DAYPASS_CHANNEL_HOSTS: new URL(receiver.url).host,
    SMTP_URL: mails.url,
    MAIL_FROM: 'desk@msp.example',
    PUBLIC_URL: 'https://desk.msp.example',
    LOG_LEVEL: 'error',
  });
});
afterEach(() => {
  receiver.received = [];
  receiver.answer = () => 200;
  receiver.headers = {};
});
afterAll(async () => {
  await site.close();
  await receiver.close();
  await mails.stop();
});

async function set(desk: Desk, input: Partial<SetNoticeChannelInput> = {}) {
  const given: SetNoticeChannelInput = {
    ...{ kind: 'SLACK', name: 'Passes', url: `${receiver.url}/hooks/s3cret` },
    ...{ notices: ['BALANCE_LOW'], ...input },
  };
  return (await act(desk, SetChannelDocument, { input: given })).setNoticeChannel!;
}

const listed = async (desk: Desk) => (await act(desk, ListChannelsDocument, {})).noticeChannels!;
const sendTest = async (desk: Desk, channelId: string) =>
  (await act(desk, TestChannelDocument, { input: { channelId } })).testNoticeChannel!;

test('a channel is added, changed by its masked URL, tested and removed, and the audit trail shows no secret', async () => {
  const desk = await site.openDesk();
  const { channel, userErrors } = await set(desk);
  expect(userErrors).toEqual([]);
  const { id } = channel!;
  const masked = `${receiver.url}/•••`;
  expect(channel).toMatchObject({ kind: 'SLACK', url: masked, notices: ['BALANCE_LOW'] });

  const notices = ['BALANCE_EMPTY', 'BALANCE_LOW', 'BALANCE_EMPTY'] as const;
  await set(desk, { channelId: id, name: 'All', url: masked, notices: [...notices] });
  expect(await listed(desk)).toMatchObject([{ id, name: 'All', notices: notices.slice(0, 2) }]);
  expect(await sendTest(desk, id)).toMatchObject({ delivered: true, answer: '200' });
  expect(receiver.received.map(({ path }) => path)).toEqual(['/hooks/s3cret']);
  expect(receiver.received[0]!.body).toMatchObject({ blocks: expect.any(Array) });

  await set(desk, { channelId: id, kind: 'TEAMS', url: `${receiver.url}/workflows/s3cret2` });
  await sendTest(desk, id);
  expect(receiver.received[1]).toMatchObject({
    path: '/workflows/s3cret2',
    body: { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }] },
  });
  const stored = await desk.sql<{ sealed: string }>(
    "select encode(sealed_url, 'escape') as sealed from notice_channels where account_id = $1",
  );
  expect(JSON.stringify(stored)).not.toMatch(/s3cret|127\.0\.0\.1/);

  const input = { channelId: id };
  expect((await act(desk, RemoveChannelDocument, { input })).removeNoticeChannel).toEqual({
    ...{ removedId: id, userErrors: [] },
  });
  expect(await listed(desk)).toEqual([]);
  const audited = await desk.sql<{ action: string }>(
    `select action, before, after from audit_events
     where account_id = $1 and action like 'notice_channel%' order by id`,
  );
  const updated = 'notice_channel.updated';
  expect(audited.map(({ action }) => action)).toEqual([
    ...['notice_channel.added', updated, updated, 'notice_channel.removed'],
  ]);
  expect(JSON.stringify(audited)).not.toContain('s3cret');
  expect(audited[2]).toMatchObject({ after: { urlChanged: true, url: masked } });
});

test('what fails shows since when, until a message arrives', async () => {
  const desk = await site.openDesk();
  const { id } = (await set(desk)).channel!;
  receiver.answer = () => 404;
  expect(await sendTest(desk, id)).toMatchObject({ delivered: false, answer: '404' });
  const [failing] = await listed(desk);
  expect(failing!.failingSince).not.toBeNull();
  receiver.answer = () => 302;
  expect(await sendTest(desk, id)).toMatchObject({ delivered: false, answer: '302' });
  expect((await listed(desk))[0]!.failingSince).toBe(failing!.failingSince);
  receiver.answer = () => 202;
  expect(await sendTest(desk, id)).toMatchObject({ delivered: true });
  expect((await listed(desk))[0]!.failingSince).toBeNull();
  for (let at = 0; at < 7; at += 1) await sendTest(desk, id);
  const variables = { input: { channelId: id } };
  const answer = await site.service.request(TestChannelDocument, {
    ...{ token: desk.admin.bearer, variables },
  });
  expect(faultCodeOf(answer)).toBe('RATE_LIMITED');
});

test('bad settings, an eleventh channel and a channel of another account are refused', async () => {
  const desk = await site.openDesk();
  const refused = async (input: Partial<SetNoticeChannelInput>, of = desk) => {
    const { channel, userErrors } = await set(of, input);
    expect(channel).toBeNull();
    return userErrors.map(({ code, field }) => [code, field]);
  };
  const url = 'https://example.com/services/T1/B1/x';
  expect(await refused({ url })).toEqual([['URL_NOT_ALLOWED', ['url']]]);
  expect(await refused({ name: ' ' })).toEqual([['VALIDATION_FAILED', ['name']]]);
  expect(await refused({ url: `${receiver.url}/•••` })).toEqual([['URL_NOT_ALLOWED', ['url']]]);
  const { id } = (await set(desk, { notices: [] })).channel!;
  const other = await site.openDesk();
  expect(await refused({ channelId: id }, other)).toEqual([['NOT_FOUND', ['channelId']]]);
  expect(await sendTest(other, id)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  const removal = await act(other, RemoveChannelDocument, { input: { channelId: id } });
  expect(removal.removeNoticeChannel).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  for (let at = 1; at < 10; at += 1) await set(desk);
  expect(await refused({})).toEqual([['LIMIT_REACHED', null]]);
  expect((await set(desk, { channelId: id, name: 'Renamed' })).userErrors).toEqual([]);
  expect(receiver.received).toEqual([]);
});

const paths = () => receiver.received.map(({ path }) => path);
const jobsLeft = (desk: Desk) =>
  site.source.query<{ attempts: number; last_error: string | null }[]>(
    `select j.attempts, j.last_error from graphile_worker.jobs j
     join graphile_worker._private_jobs p using (id)
     where p.payload ->> 'accountId' = $1 and j.task_identifier = 'send-channel-notice'`,
    [desk.accountId],
  );
const areDone = (desk: Desk) => eventually(async () => expect(await jobsLeft(desk)).toEqual([]));
const retryNow = async (desk: Desk) => {
  await desk.sql('update notice_channels set retry_at = null where account_id = $1');
  await site.source.query(
    `update graphile_worker._private_jobs set run_at = now() where payload ->> 'accountId' = $1`,
    [desk.accountId],
  );
};

test('a channel receives the notices of its kinds, each once, with a link to the place', async () => {
  const desk = await site.openDesk({ agents: 2, passes: 2, lowBalanceThreshold: 1 });
  await set(desk, { url: `${receiver.url}/low`, notices: ['BALANCE_LOW'] });
  await set(desk, { kind: 'TEAMS', url: `${receiver.url}/empty`, notices: ['BALANCE_EMPTY'] });
  await set(desk, { url: `${receiver.url}/none`, notices: [] });
  await desk.enter(desk.agents[0]!);
  await desk.enter(desk.agents[1]!);
  await eventually(async () => expect(paths().sort()).toEqual(['/empty', '/low']));
  await areDone(desk);
  expect(paths()).toHaveLength(2);
  const text = (path: string) => receiver.received.find((one) => one.path === path)!.text;
  expect(text('/low')).toContain('https://desk.msp.example/admin/buy');
  expect(text('/low')).toContain('1 day pass');
  expect(text('/empty')).toContain('"Action.OpenUrl"');
  expect(text('/empty')).toContain('is empty');
});

test('messages are in the language of the account', async () => {
  const desk = await site.openDesk({ agents: 2, passes: 2, lowBalanceThreshold: 1 });
  await desk.sql(`update accounts set notice_language = 'de' where id = $1`);
  const { id } = (await set(desk)).channel!;
  await sendTest(desk, id);
  await desk.enter(desk.agents[0]!);
  await eventually(async () => {
    await Promise.resolve();
    expect(receiver.received.map(({ body }) => titleOf(body as unknown as object))).toEqual([
      ...['Dieser Kanal funktioniert', expect.stringMatching(/: noch 1 Tagespass$/)],
    ]);
  });
});

test('what Slack refuses for good is not sent again; what it postpones waits for its Retry-After', async () => {
  const desk = await site.openDesk({ agents: 2, passes: 2, lowBalanceThreshold: 1 });
  const gone = (await set(desk, { url: `${receiver.url}/gone` })).channel!;
  await set(desk, { url: `${receiver.url}/busy` });
  receiver.headers = { 'retry-after': '900' };
  receiver.answer = ({ path }) => (path === '/gone' ? 404 : 429);
  await desk.enter(desk.agents[0]!);
  await eventually(async () =>
    expect(await jobsLeft(desk)).toMatchObject([
      { attempts: 1, last_error: expect.stringContaining('answered 429') },
    ]),
  );
  const [wait] = await desk.sql<{ seconds: number }>(
    `select extract(epoch from retry_at - failing_since)::float8 as seconds
     from notice_channels where account_id = $1 and retry_at is not null`,
  );
  expect(wait!.seconds).toBeCloseTo(900, 0);
  expect(await listed(desk)).toMatchObject([
    { id: gone.id, failingSince: expect.any(String) },
    { failingSince: expect.any(String) },
  ]);
  receiver.answer = () => 200;
  await retryNow(desk);
  await areDone(desk);
  expect(paths().sort()).toEqual(['/busy', '/busy', '/gone']);
  expect((await listed(desk))[1]).toMatchObject({ failingSince: null });
});

test('channels that hang delay no mail, and no channel of another account', async () => {
  const desk = await site.openDesk({ agents: 2, passes: 2, lowBalanceThreshold: 1 });
  const other = await site.openDesk({ agents: 2, passes: 2, lowBalanceThreshold: 1 });
  receiver.answer = ({ path }) => (path.startsWith('/hang') ? null : 200);
  for (const at of [1, 2, 3]) await set(desk, { url: `${receiver.url}/hang${at}` });
  await set(other, { url: `${receiver.url}/other` });
  await desk.enter(desk.agents[0]!);
  await eventually(async () => expect(paths()).toContain('/hang1'));
  const [admin] = await desk.sql<{ email: string }>(
    'select email from agents where account_id = $1 and id = $2',
    [desk.admin.id],
  );
  expect(await mails.mailTo(admin!.email)).toMatchObject({ to: [admin!.email] });
  await other.enter(other.agents[0]!);
  await eventually(async () => expect(paths()).toContain('/other'));
});

interface Ways {
  /** The title, in the bell, in channels and in the mail. */
  title: RegExp;
  to: 'admin' | 'agent';
  mail: boolean;
  channel: boolean;
}

/** Every kind of notice: what concerns one agent reaches no channel, and an invoice has its own mail. */
const waysOf: Record<NoticeKind, Ways> = {
  BALANCE_LOW: { title: /: 1 day pass left$/, to: 'admin', mail: true, channel: true },
  BALANCE_EMPTY: { title: /: no day passes left$/, to: 'admin', mail: true, channel: true },
  EMERGENCY_USED: {
    ...{ title: /: an emergency pass was used$/, to: 'admin', mail: true, channel: true },
  },
  PASS_REVERSED: {
    ...{ title: /^Your day pass for .* was taken back$/, to: 'agent', mail: true, channel: false },
  },
  INVOICE_ISSUED: { title: /^Invoice TEST-INV-[\d-]+$/, to: 'admin', mail: false, channel: true },
  INVOICE_OVERDUE: {
    title: /^Invoice TEST-INV-.* is overdue$/,
    to: 'admin',
    mail: true,
    channel: true,
  },
  LOT_EXPIRING: { title: /: 4 day passes expire on /, to: 'admin', mail: true, channel: true },
  WEBHOOK_FAILING: {
    ...{ title: /^The webhook endpoint at .* is failing$/, to: 'admin', mail: true, channel: true },
  },
  WEBHOOK_PAUSED: {
    ...{ title: /^The webhook endpoint at .* was paused$/, to: 'admin', mail: true, channel: true },
  },
};

test('every kind of notice reaches the bell, the mails and the channels of those whom it concerns', async () => {
  const desk = await site.openDesk({
    ...{ agents: 3, passes: 2, lowBalanceThreshold: 1, emergencyAllowance: 1 },
  });
  const statuses: Record<string, number> = { '/gone': 410, '/fails': 500 };
  receiver.answer = ({ path }) => statuses[path] ?? 200;
  for (const kind of ['SLACK', 'TEAMS'] as const) {
    await set(desk, { kind, url: `${receiver.url}/${kind}`, notices: [...noticeKindNames] });
  }
  await act(desk, CreateWebhookDocument, { input: { url: `${receiver.url}/gone` } });
  await act(desk, CreateWebhookDocument, { input: { url: `${receiver.url}/fails` } });
  // The second failure of the endpoint, for nearly a quarter of an hour: the next one is its third.
  await desk.sql(
    `update webhook_endpoints set failures = 2, failing_since = now() - interval '15 minutes'
     where account_id = $1 and url like '%/fails'`,
  );
  // Low, empty, an emergency pass; the other endpoint answers 410 to the first of these.
  const { consumption } = await desk.enter(desk.agents[0]!);
  for (const agent of desk.agents.slice(1)) await desk.enter(agent);
  const input = { consumptionId: consumption.id, reason: 'Wrong ticket' };
  await act(desk, TakeBackDocument, { input });
  await enterSeller(site.source);
  await enterBuyer(site.source, desk.accountId);
  const [own] = await desk.sql<{ walletId: string }>(
    'select id as "walletId" from wallets where account_id = $1',
  );
  const writer = openInvoiceWriter(site.service.databaseUrl);
  await writer.issue(desk.accountId, issueOf({ walletId: own!.walletId, currency: 'USD' }));
  await writer.close();
  // The sandbox's clock moves to the notice of a lot, and beyond the due date of the invoice.
  await desk.add(10);
  const nowMs = Date.parse((await desk.ask(desk.admin)).now);
  const dayMs = 24 * 3_600_000;
  await desk.add(4, { expiresAt: new Date(nowMs + 60 * dayMs).toISOString() });
  await advanceTo(desk, nowMs + 54 * dayMs);

  const bellOf = async (person = desk.admin) =>
    (await act(desk, ListNotificationsDocument, {}, { person })).viewer.notifications!.edges.map(
      ({ node }) => node,
    );
  await eventually(async () => {
    const kinds = [...(await bellOf()), ...(await bellOf(desk.agents[0]))].map(({ kind }) => kind);
    expect(kinds.sort()).toEqual([...noticeKindNames].sort());
  });
  await areDone(desk);
  const [admin, agent] = await Promise.all(
    [desk.admin, desk.agents[0]!].map(async ({ id }) => {
      const [row] = await desk.sql<{ email: string }>(
        'select email from agents where account_id = $1 and id = $2',
        [id],
      );
      return row!.email;
    }),
  );
  const mailsTo = (address: string) =>
    mails.received.filter(({ to }) => to.includes(address)).map(({ subject }) => subject);
  const matching = (texts: readonly string[], title: RegExp) =>
    texts.filter((text) => title.test(text)).length;
  const titlesAt = (path: string) =>
    receiver.received
      .filter((one) => one.path === path)
      .map(({ body }) => titleOf(body as unknown as object));
  await eventually(async () => {
    await Promise.resolve();
    const mailed = (kind: NoticeKind, of: 'admin' | 'agent') =>
      matching(mailsTo(of === 'admin' ? admin! : agent!), waysOf[kind].title);
    const counts = noticeKindNames.map((kind) => [
      kind,
      mailed(kind, 'admin'),
      mailed(kind, 'agent'),
    ]);
    expect(counts).toEqual(
      noticeKindNames.map((kind) => {
        const { to, mail } = waysOf[kind];
        return [kind, mail && to === 'admin' ? 1 : 0, mail && to === 'agent' ? 1 : 0];
      }),
    );
  });
  for (const { title, to, channel } of Object.values(waysOf)) {
    const shown = (await bellOf(to === 'admin' ? desk.admin : desk.agents[0]!)).map(
      (notice) => notice.title,
    );
    expect(matching(shown, title)).toBeGreaterThanOrEqual(1);
    for (const path of ['/SLACK', '/TEAMS']) {
      expect(matching(titlesAt(path), title)).toBe(channel ? 1 : 0);
    }
  }
});

/** The first line of a message of Slack or a card of Teams. */
function titleOf(body: object): string {
  const { blocks, attachments } = body as {
    blocks?: { text: { text: string } }[];
    attachments?: { content: { body: { inlines: { text: string }[] }[] } }[];
  };
  return blocks?.[0]!.text.text ?? attachments![0]!.content.body[0]!.inlines[0]!.text;
}
