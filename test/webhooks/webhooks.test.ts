import { Webhook } from 'standardwebhooks';
import type { EntryKind } from '../../src/ledger/entries/entry-kinds';
import { bodySchemaOf } from '../../src/webhooks/payload';
import {
  CreateWebhookDocument,
  DeleteWebhookDocument,
  ListWebhooksDocument,
  ReplayEventsDocument,
  RotateWebhookDocument,
  SkipEventDocument,
  TestWebhookDocument,
  UpdateWebhookDocument,
  type CreateWebhookEndpointInput,
} from '../generated/operations';
import {
  eventually,
  faultCodeOf,
  openTestSite,
  type Desk,
  type TestSite,
} from '../support/desk/desk';
import { addKey } from '../support/desk/keys';
import { invite } from '../support/desk/invitations';
import { startMailServer, type MailServer } from '../support/desk/mail-server';
import { openReceiver, type Receiver } from '../support/desk/receiver';
import { act } from '../support/desk/streams';

let site: TestSite;
let receiver: Receiver;
let mails: MailServer;

beforeAll(async () => {
  mails = await startMailServer();
  site = await openTestSite({
    DAYPASS_PRIVATE_WEBHOOKS: 'true',
    SMTP_URL: mails.url,
    MAIL_FROM: 'desk@msp.example',
    PUBLIC_URL: 'https://desk.msp.example',
  });
  receiver = await openReceiver();
});
afterEach(() => {
  receiver.received = [];
  receiver.answer = () => 200;
});
afterAll(async () => {
  await site.close();
  await receiver.close();
  await mails.stop();
});

async function create(desk: Desk, input: Partial<CreateWebhookEndpointInput> = {}) {
  const given = { url: receiver.url, ...input };
  return (await act(desk, CreateWebhookDocument, { input: given })).createWebhookEndpoint!;
}

async function opened(desk: Desk, input: Partial<CreateWebhookEndpointInput> = {}) {
  const { endpoint, secret } = await create(desk, input);
  return { endpointId: endpoint!.id, secret: secret!, cursor: endpoint!.cursor };
}

async function listed(desk: Desk) {
  const { webhookEndpoints } = await act(desk, ListWebhooksDocument, { first: 20 });
  return webhookEndpoints!.edges.map(({ node }) => node);
}

const sequences = () => receiver.received.map(({ body }) => body.data.sequence);
const hasArrived = (count: number) =>
  eventually(async () => expect(receiver.received).toHaveLength(count));
const isCaughtUp = (desk: Desk) =>
  eventually(async () =>
    expect(await listed(desk)).toMatchObject([{ waiting: 0, replaying: false }]),
  );
const codesOf = (payload: { userErrors: { code: string }[] } | null | undefined) =>
  payload!.userErrors.map(({ code }) => code);
/** Only a retry that is due can be waited for. */
const retryNow = (desk: Desk) =>
  desk.sql('update webhook_endpoints set retry_at = null where account_id = $1');

test('each event of the journal arrives, signed, in the shape of its JSON Schema', async () => {
  const desk = await site.openDesk({ passes: 2, lowBalanceThreshold: 1 });
  const { secret } = await opened(desk);
  await desk.enter(desk.agent);
  await hasArrived(2);
  const types = receiver.received.map(({ body }) => body.type);
  expect(types).toEqual(['day_pass.consumed', 'wallet.low']);
  for (const { headers, text } of receiver.received) {
    const body = new Webhook(secret).verify(text, headers) as { data: { kind: EntryKind } };
    expect(headers['webhook-id']).toMatch(/^evt_[\w-]+$/);
    bodySchemaOf(body.data.kind).parse(body);
    expect(Object.keys(body.data).sort()).toEqual(
      Object.keys(bodySchemaOf(body.data.kind).shape.data.shape).sort(),
    );
    expect(Buffer.byteLength(text)).toBeLessThan(4_096);
    expect(text).not.toContain('@');
  }
  await isCaughtUp(desk);
  const [{ tries }] = (await listed(desk)) as [Awaited<ReturnType<typeof listed>>[number]];
  expect(tries!.edges.map(({ node }) => node.status)).toEqual([200, 200]);
});

test('an endpoint begins with the next event, or after a cursor', async () => {
  const desk = await site.openDesk({ passes: 1 });
  await desk.add(1);
  const { cursor } = await opened(desk, { url: `${receiver.url}/new` });
  expect(codesOf(await create(desk, { after: cursor, url: `${receiver.url}/after` }))).toEqual([]);
  await desk.add(1);
  await hasArrived(2);
  expect(new Set(sequences()).size).toBe(1);
});

test('bad settings are refused, and an eleventh endpoint', async () => {
  const desk = await site.openDesk();
  const refused = async (input: Partial<CreateWebhookEndpointInput>) => {
    const { userErrors, secret, endpoint } = await create(desk, input);
    expect([secret, endpoint]).toEqual([null, null]);
    return userErrors.map(({ code, field }) => [code, field]);
  };
  expect(await refused({ url: 'ftp://x.example' })).toEqual([['URL_NOT_ALLOWED', ['url']]]);
  expect(await refused({ kinds: ['Nothing'] })).toEqual([['VALIDATION_FAILED', ['kinds']]]);
  for (let at = 0; at < 10; at += 1) expect(codesOf(await create(desk))).toEqual([]);
  expect(await refused({})).toEqual([['LIMIT_REACHED', null]]);
  const { id } = (await listed(desk))[0]!;
  const input = { endpointId: id };
  expect((await act(desk, DeleteWebhookDocument, { input })).deleteWebhookEndpoint).toEqual({
    deletedId: id,
    userErrors: [],
  });
  expect(await listed(desk)).toHaveLength(9);
  expect(codesOf(await create(desk))).toEqual([]);
});

test('an event that fails is shown in front, and can be skipped', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const { endpointId } = await opened(desk);
  receiver.answer = () => 500;
  await desk.add(1);
  await desk.add(1);
  const [front] = await eventually(async () => {
    const found = await listed(desk);
    expect(found).toMatchObject([
      { waiting: 2, failingSince: expect.any(String), nextTryAt: expect.any(String) },
    ]);
    return found;
  });
  const { sequence } = front!.blockedBy!;
  const skip = async (given: number) =>
    (await act(desk, SkipEventDocument, { input: { endpointId, sequence: given } }))
      .skipWebhookEvent;
  expect(codesOf(await skip(sequence + 1))).toEqual(['NOT_IN_FRONT']);
  receiver.answer = () => 200;
  expect(codesOf(await skip(sequence))).toEqual([]);
  await isCaughtUp(desk);
  expect(sequences()).toEqual([sequence, sequence + 1]);
  const [audited] = await desk.sql<{ after: object }>(
    "select after from audit_events where account_id = $1 and action = 'webhook.event_skipped'",
  );
  expect(audited!.after).toEqual({ sequence });
});

test('a paused endpoint keeps its place, and continues there', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const { endpointId } = await opened(desk);
  const set = (paused: boolean) =>
    act(desk, UpdateWebhookDocument, { input: { endpointId, paused } });
  expect((await set(true)).updateWebhookEndpoint?.endpoint).toMatchObject({ state: 'PAUSED' });
  await desk.add(1);
  await desk.add(1);
  expect(await listed(desk)).toMatchObject([{ state: 'PAUSED', waiting: 2 }]);
  expect(receiver.received).toEqual([]);
  expect((await set(false)).updateWebhookEndpoint?.endpoint).toMatchObject({
    ...{ state: 'ACTIVE', pausedAt: null },
  });
  await hasArrived(2);
});

test('what answers 410 is paused, and an admin resumes it at another URL', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const { endpointId } = await opened(desk, { url: `${receiver.url}/old` });
  receiver.answer = ({ path }) => (path === '/old' ? 410 : 200);
  await desk.add(1);
  await eventually(async () =>
    expect(await listed(desk)).toMatchObject([{ state: 'PAUSED_FAILING', waiting: 1 }]),
  );
  const input = { endpointId, url: `${receiver.url}/new`, paused: false };
  await act(desk, UpdateWebhookDocument, { input });
  await isCaughtUp(desk);
  expect(receiver.received.map(({ path }) => path)).toEqual(['/old', '/new']);
});

test('events are sent again from a cursor, or by their numbers', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const { endpointId, cursor } = await opened(desk);
  for (let at = 0; at < 3; at += 1) await desk.add(1);
  await hasArrived(3);
  await isCaughtUp(desk);
  const [first, second, third] = sequences() as [number, number, number];
  const replay = async (input: object) =>
    (await act(desk, ReplayEventsDocument, { input: { endpointId, ...input } })).replayWebhook!;
  expect(await replay({ fromCursor: cursor })).toMatchObject({ events: 3, userErrors: [] });
  await hasArrived(6);
  await isCaughtUp(desk);
  expect(await replay({ sequences: [third, first, third] })).toMatchObject({ events: 2 });
  await hasArrived(8);
  expect(sequences()).toEqual([first, second, third, first, second, third, first, third]);
  await isCaughtUp(desk);
  expect(await replay({ fromSequence: second })).toMatchObject({ events: 2 });
  await hasArrived(10);
  expect(sequences().splice(8)).toEqual([second, third]);
  receiver.received.splice(8);
  const ids = receiver.received.map(({ id }) => id);
  expect(ids.slice(3, 6)).toEqual(ids.slice(0, 3));
  const marks = receiver.received.map(({ headers }) => headers['webhook-replay']);
  expect(marks.filter((mark) => mark === 'true')).toHaveLength(5);
  const refused = [
    {},
    { fromCursor: cursor, sequences: [1] },
    { fromCursor: cursor, fromSequence: 1 },
    { fromSequence: 0 },
    { fromSequence: third + 1 },
    { toCursor: cursor, sequences: [1] },
    { sequences: [] },
    { sequences: [third + 1] },
    { sequences: [0] },
    { sequences: Array.from({ length: 101 }, (_, at) => at + 1) },
    { fromCursor: receiver.received[2]!.body.data.cursor },
  ];
  for (const input of refused) expect(codesOf(await replay(input))).toEqual(['VALIDATION_FAILED']);
});

test('after a rotation both secrets sign, until the overlap is over', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const { endpointId, secret } = await opened(desk);
  const rotate = async (overlapHours: number) =>
    (await act(desk, RotateWebhookDocument, { input: { endpointId, overlapHours } }))
      .rotateWebhookSecret!;
  expect(codesOf(await rotate(169))).toEqual(['VALIDATION_FAILED']);
  const { secret: newer, endpoint } = await rotate(24);
  expect(endpoint!.previousSecretUntil).not.toBeNull();
  expect(codesOf(await rotate(24))).toEqual(['ROTATION_OPEN']);
  await act(desk, TestWebhookDocument, { input: { endpointId } });
  await desk.add(1);
  await hasArrived(2);
  const verify = (one: string, at = -1) => {
    const { text, headers } = receiver.received.at(at)!;
    return () => new Webhook(one).verify(text, headers);
  };
  // The test and the event.
  for (const at of [0, 1]) {
    for (const one of [secret, newer!]) expect(verify(one, at)).not.toThrow();
  }
  await desk.sql(
    "update webhook_endpoints set previous_secret_until = now() - interval '1 s' where account_id = $1",
  );
  await desk.add(1);
  await hasArrived(3);
  expect(verify(secret)).toThrow();
  expect(verify(newer!)).not.toThrow();
  // Nothing of the database is a secret.
  const [row] = await desk.sql(
    'select to_json(e)::text as text from webhook_endpoints e where account_id = $1',
  );
  expect(JSON.stringify(row)).not.toMatch(/whsec_|Buffer/);
});

test('a test is answered at once, and is not an event', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const { endpointId, secret } = await opened(desk);
  const send = async (kind?: string) =>
    (await act(desk, TestWebhookDocument, { input: { endpointId, kind } })).sendTestWebhook!;
  expect(await send()).toMatchObject({
    attempt: { kind: 'webhook.test', status: 200, delivered: true, eventSequence: null },
  });
  expect(await send('DayPassesPurchased')).toMatchObject({ attempt: { status: 200 } });
  const [plain, sample] = receiver.received;
  new Webhook(secret).verify(plain!.text, plain!.headers);
  bodySchemaOf('webhook.test').strict().parse(plain!.body);
  expect(sample!.body).toMatchObject({ type: 'day_passes.purchased', data: { test: true } });
  bodySchemaOf('DayPassesPurchased').parse(sample!.body);
  expect(codesOf(await send('Nothing'))).toEqual(['VALIDATION_FAILED']);
  receiver.answer = () => 503;
  expect(await send()).toMatchObject({ attempt: { status: 503, delivered: false } });
  expect(await listed(desk)).toMatchObject([{ failingSince: null, waiting: 0 }]);
  for (let at = 0; at < 6; at += 1) await send();
  const input = { endpointId };
  const variables = { input };
  const answer = await site.service.request(TestWebhookDocument, {
    ...{ token: desk.admin.bearer, variables },
  });
  expect(faultCodeOf(answer)).toBe('RATE_LIMITED');
});

test('a service key needs the scope webhooks:write, and sees no entry without journal:read', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const other = await site.openDesk();
  const key = await addKey(desk, { scopes: ['webhooks:write'] });
  const weak = await addKey(desk, { scopes: ['journal:read'] });
  const person = { id: '', bearer: key.bearer };
  const input = { url: receiver.url };
  receiver.answer = () => 500;
  const made = await act(desk, CreateWebhookDocument, { input }, { person });
  const endpointId = made.createWebhookEndpoint!.endpoint!.id;
  await desk.add(1);
  await hasArrived(1);
  await eventually(async () => expect(await listed(desk)).toMatchObject([{ blockedBy: {} }]));
  const { webhookEndpoints } = await act(desk, ListWebhooksDocument, { first: 1 }, { person });
  expect(webhookEndpoints!.edges[0]!.node).toMatchObject({ blockedBy: null, waiting: 1 });
  const refused = await site.service.request(ListWebhooksDocument, {
    ...{ token: weak.bearer, variables: { first: 1 } },
  });
  expect(faultCodeOf(refused)).toBe('FORBIDDEN');
  const foreign = await act(other, DeleteWebhookDocument, { input: { endpointId } });
  expect(codesOf(foreign.deleteWebhookEndpoint)).toEqual(['NOT_FOUND']);
  receiver.answer = () => 200;
  await retryNow(desk);
  await isCaughtUp(desk);
});

test('endpoints that hang delay no mail', async () => {
  const desk = await site.openDesk({ passes: 1 });
  for (const path of ['/one', '/two', '/three']) {
    await opened(desk, { url: receiver.url + path });
  }
  // The fourth hangs in another account.
  const other = await site.openDesk({ passes: 1 });
  await opened(other, { url: `${receiver.url}/four` });
  receiver.answer = () => null;
  await desk.add(1);
  await other.add(1);
  await hasArrived(4);
  await invite(desk, { name: 'Ada', email: 'ada@hang.example' });
  expect(await mails.mailTo('ada@hang.example')).toMatchObject({ to: ['ada@hang.example'] });
  // They hang still.
  expect(receiver.received).toHaveLength(4);
});
