import { print } from 'graphql';
import { nodeId } from '../../src/api/node';
import {
  AskGateDocument,
  ConvertDocument,
  GrantPassesDocument,
  WatchTicketDocument,
  ProceedDocument,
  SetWalletDocument,
  TouchALotDocument,
  TouchTicketsDocument,
  ActorOfLastEventDocument,
} from '../generated/operations';
import { addTickets } from '../support/desk/catalogue';
import { dataOf, eventually, faultCodeOf, tally, type Desk } from '../support/desk/desk';
import { addAgentKey, addKey, type Key } from '../support/desk/keys';
import { startReplica } from '../support/desk/replica';
import {
  act,
  agentNode,
  openStreamSite,
  whileLocked,
  type StreamSite,
} from '../support/desk/streams';

let at: StreamSite;

beforeAll(async () => {
  at = await openStreamSite();
});
afterEach(() => at.closeSockets());
afterAll(() => at.close());

interface Raw {
  status: number;
  data: unknown;
  errors?: { message: string; extensions: { code: string; reason?: string } }[];
  extensions?: { dayPass?: { consumptionId: string; expiresAt: string } };
}

/** One request as a script would send it: what it was answered, extensions and all. */
async function post(
  key: Key,
  query: string = print(TouchTicketsDocument),
  options: { url?: string; variables?: object } = {},
): Promise<Raw> {
  const response = await fetch(`${options.url ?? at.here.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      authorization: `Bearer ${key.bearer}`,
    },
    body: JSON.stringify({ query, variables: options.variables }),
  });
  return { status: response.status, ...((await response.json()) as Omit<Raw, 'status'>) };
}

async function get(key: Key): Promise<Raw> {
  const query = encodeURIComponent(print(TouchTicketsDocument));
  const response = await fetch(`${at.here.url}/graphql?query=${query}`, {
    headers: { authorization: `Bearer ${key.bearer}`, 'apollo-require-preflight': 'yes' },
  });
  return { status: response.status, ...((await response.json()) as Omit<Raw, 'status'>) };
}

const faultOf = ({ errors }: Raw) => errors?.[0]?.extensions;
const taken = (answers: readonly Raw[]) => answers.flatMap((one) => one.extensions?.dayPass ?? []);

/** A desk with an occasional agent, a key of the agent's, and the passes that are asked for. */
async function openWithKey(options: { passes?: number; whenNoDayPass?: 'REJECT' } = {}) {
  const { passes = 5, whenNoDayPass } = options;
  const desk = await at.site.openDesk({ passes, timeZone: 'Asia/Kathmandu' });
  return { desk, key: await addAgentKey(desk, desk.agent, { whenNoDayPass }) };
}

async function expectPasses(desk: Desk, consumed: number, left: number): Promise<void> {
  const kinds = await desk.kinds();
  expect(kinds.filter((kind) => kind === 'DayPassConsumed')).toHaveLength(consumed);
  expect(await desk.balance()).toBe(left);
  await desk.expectBooksToClose();
}

describe('the first touch of gated data by a key that consumes', () => {
  test('uses one pass before anything is read, and the answer names it', async () => {
    const { desk, key } = await openWithKey();
    const answer = await post(key, print(TouchALotDocument));
    expect(answer.errors).toBeUndefined();
    const [pass] = taken([answer]);
    expect(answer.data).toMatchObject({ one: { totalCount: 0 }, agents: { totalCount: 2 } });
    await expectPasses(desk, 1, 4);

    const { dayPassEvents } = await act(desk, ActorOfLastEventDocument, {});
    expect(dayPassEvents!.edges[0]!.node).toMatchObject({
      __typename: 'DayPassConsumed',
      actor: { __typename: 'ApiKey', name: 'A key' },
      consumption: {
        id: pass!.consumptionId,
        source: 'API_KEY',
        consent: null,
        expiresAt: pass!.expiresAt,
      },
    });
    const again = await post(key, print(TouchALotDocument));
    expect([again.errors, taken([again])]).toEqual([undefined, []]);
    expect(again.data).toMatchObject({
      viewer: { agent: { activeDayPass: { id: pass!.consumptionId } } },
    });
    await expectPasses(desk, 1, 4);
  });

  test('gives the agent access in person too, and a person’s pass gives the key access', async () => {
    const { desk, key } = await openWithKey();
    await post(key);
    expect((await desk.ask(desk.agent)).__typename).toBe('PortalAccessGranted');

    const other = await openWithKey();
    await other.desk.enter(other.desk.agent);
    const answer = await post(other.key);
    expect([answer.errors, taken([answer])]).toEqual([undefined, []]);
    await expectPasses(other.desk, 1, 4);
  });

  test('uses one pass over a socket, too', async () => {
    const { desk, key } = await openWithKey();
    const socket = at.connect(key);
    const answer = (await socket.request(TouchTicketsDocument)) as unknown as Raw;
    expect(answer.errors).toEqual([]);
    expect(taken([answer])).toHaveLength(1);
    const again = (await socket.request(TouchTicketsDocument)) as unknown as Raw;
    expect(taken([again])).toEqual([]);
    await expectPasses(desk, 1, 4);
  });

  test('uses one pass for a mutation of an occasional admin', async () => {
    const desk = await at.site.openDesk({ passes: 2 });
    const [chief] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
    const key = await addAgentKey(desk, chief!);
    const input = { quantity: 3, reason: 'By a script', idempotencyKey: 'k' };
    const variables = { input };
    const answer = await post(key, print(GrantPassesDocument), { variables });
    expect([answer.errors, taken([answer]).length]).toEqual([undefined, 1]);
    await expectPasses(desk, 1, 4);
  });

  test('uses none for data that is not gated', async () => {
    const { desk, key } = await openWithKey();
    const asked =
      '{ viewer { agent { name } ticketReferences { totalCount } } dayPassWallet { balance } }';
    const answer = await post(key, asked);
    expect([answer.errors, taken([answer])]).toEqual([undefined, []]);
    const gate = await at.here.request(AskGateDocument, { token: key.bearer });
    expect(dataOf(gate).viewer.portalAccess).toMatchObject({
      __typename: 'DayPassRequired',
      confirmation: null,
    });
    await expectPasses(desk, 0, 5);
  });

  test('uses another pass the next day', async () => {
    const { desk, key } = await openWithKey();
    const [pass] = taken([await post(key)]);
    await desk.moveClockTo(pass!.expiresAt, 1_000);
    expect(taken([await post(key)])).toHaveLength(1);
    await expectPasses(desk, 2, 3);
  });
});

describe('simultaneous requests use one pass', () => {
  test('20 requests of one key', async () => {
    const { desk, key } = await openWithKey();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(key)));
    expect(tally(answers.map((one) => faultOf(one)?.code ?? null))).toEqual({ null: 20 });
    expect(taken(answers)).toHaveLength(1);
    await expectPasses(desk, 1, 4);
  });

  test('two keys and the agent in person, at two services, by HTTP and by sockets', async () => {
    const { desk, key } = await openWithKey();
    const other = await addAgentKey(desk, desk.agent);
    const token = await desk.tokenFor(desk.agent);
    const sockets = [at.connect(key, at.there), at.connect(other)];
    const urls = [at.here.url, at.there.url];
    const [proceeded, ...answers] = await Promise.all([
      desk.proceed(desk.agent, token, at.there),
      ...Array.from({ length: 24 }, (_, n) =>
        post(n % 2 ? key : other, undefined, { url: urls[(n >> 1) % 2] }),
      ),
      ...sockets.map((one) => one.request(TouchTicketsDocument) as unknown as Promise<Raw>),
    ]);
    expect(answers.flatMap((one) => one.errors ?? [])).toEqual([]);
    const inPerson = proceeded.userErrors.length === 0 ? 1 : 0;
    if (!inPerson) expect(proceeded.userErrors[0]!.code).toBe('PASS_ALREADY_ACTIVE');
    expect(taken(answers).length + inPerson).toBe(1);
    await expectPasses(desk, 1, 4);
  });

  test('of keys of many agents who want the last pass, exactly one gets it', async () => {
    const desk = await at.site.openDesk({ agents: 8, passes: 1 });
    const keys = await Promise.all(desk.agents.map((agent) => addAgentKey(desk, agent)));
    const answers = await Promise.all(keys.map((key) => post(key)));
    expect(taken(answers)).toHaveLength(1);
    expect(tally(answers.map((one) => faultOf(one)?.reason ?? null))).toEqual({
      null: 1,
      WALLET_EMPTY: 7,
    });
    await expectPasses(desk, 1, 0);
  });
});

describe('no pass is used, and the gate stays shut', () => {
  test('by a key that rejects', async () => {
    const { desk, key } = await openWithKey({ whenNoDayPass: 'REJECT' });
    expect(faultOf(await post(key))).toEqual({ code: 'DAY_PASS_REQUIRED' });
    await expectPasses(desk, 0, 5);
    await desk.enter(desk.agent);
    expect((await post(key)).errors).toBeUndefined();
  });

  test('by a GET', async () => {
    const { desk, key } = await openWithKey();
    expect(faultOf(await get(key))).toEqual({ code: 'DAY_PASS_REQUIRED' });
    await expectPasses(desk, 0, 5);
    await post(key);
    expect((await get(key)).errors).toBeUndefined();
  });

  test('by a subscription', async () => {
    const { desk, key } = await openWithKey();
    const [ticket] = await addTickets(desk, 1);
    const socket = at.connect(key);
    const stream = socket.subscribe(WatchTicketDocument, { id: ticket!.id });
    expect(await stream.fault()).toBe('DAY_PASS_REQUIRED');
    await expectPasses(desk, 0, 5);
    await socket.request(TouchTicketsDocument);
    const second = socket.subscribe(WatchTicketDocument, { id: ticket!.id });
    expect((await second.next()).ticketChanged.number).toBe(1);
  });

  const refusedAsAWhole: [what: string, query: string, code: string, status: number][] = [
    ['a syntax error', '{ tickets { totalCount }', 'GRAPHQL_PARSE_FAILED', 400],
    [
      'a field that does not exist',
      '{ tickets { totalCount nothing } }',
      'GRAPHQL_VALIDATION_FAILED',
      400,
    ],
    [
      'a variable that is missing',
      'query Q($n: Int!) { tickets(first: $n) { totalCount } }',
      'BAD_USER_INPUT',
      400,
    ],
    [
      'what it would cost',
      `{ ${Array.from({ length: 30 }, (_, at) => `a${at}: tickets(first: 100) { edges { node { assignee { id } } } }`).join(' ')} }`,
      'QUERY_TOO_COMPLEX',
      400,
    ],
    [
      'an id that is not valid',
      '{ node(id: "x") { id } tickets: nodes(ids: ["x"]) { id } }',
      'BAD_USER_INPUT',
      200,
    ],
  ];

  test.each(refusedAsAWhole)('for %s', async (_, query, code, status) => {
    const { desk, key } = await openWithKey();
    const answer = await post(key, query);
    expect([faultOf(answer), answer.status]).toEqual([{ code }, status]);
    await expectPasses(desk, 0, 5);
  });

  test('for what the key’s scopes do not name, nor what its agent may not', async () => {
    const { desk } = await openWithKey();
    const wallet = await addAgentKey(desk, desk.agent, { scopes: ['wallet:read'] });
    expect(faultOf(await post(wallet))).toEqual({ code: 'FORBIDDEN' });
    const [reports] = await desk.addAgents([{ sections: ['REPORTS'] }]);
    const key = await addAgentKey(desk, reports!);
    expect(faultOf(await post(key))).toEqual({ code: 'FORBIDDEN' });
    expect(faultOf(await post(key, '{ dayPassConsumptions { totalCount } }'))).toEqual({
      code: 'FORBIDDEN',
    });
    await expectPasses(desk, 0, 5);
  });

  test('with an empty wallet, nor with a frozen one; the error says which', async () => {
    const { desk, key } = await openWithKey({ passes: 0 });
    expect(faultOf(await post(key))).toEqual({ code: 'DAY_PASS_REQUIRED', reason: 'WALLET_EMPTY' });
    await desk.add(1);
    const [wallet] = await desk.sql<{ id: string }>('select id from wallets where account_id = $1');
    const walletId = nodeId('DayPassWallet', wallet!.id);
    await act(desk, SetWalletDocument, { input: { walletId, frozen: true } });
    expect(faultOf(await post(key))).toEqual({
      code: 'DAY_PASS_REQUIRED',
      reason: 'WALLET_FROZEN',
    });
    await act(desk, SetWalletDocument, { input: { walletId, frozen: false } });
    expect(taken([await post(key)])).toHaveLength(1);
    await expectPasses(desk, 1, 0);
  });

  test('in the last ten seconds of the day', async () => {
    const { desk, key } = await openWithKey();
    const [pass] = taken([await post(await addAgentKey(desk, desk.agent))]);
    await desk.moveClockTo(pass!.expiresAt, 1_000);
    const next = (await desk.confirmation(desk.agent)).passExpiresAt;
    await desk.moveClockTo(next, -8_000);
    expect(faultOf(await post(key))).toEqual({ code: 'DAY_PASS_REQUIRED' });
    await expectPasses(desk, 1, 4);
  });

  test('for a second time in one request, after the first pass was reversed', async () => {
    const desk = await at.site.openDesk({ passes: 3 });
    const [chief] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
    const key = await addAgentKey(desk, chief!);
    const { consumption } = await desk.enter(chief!);
    const input = `{consumptionId: "${consumption.id}", reason: "A slip"}`;
    const twice = `mutation {
      one: reverseDayPassConsumption(input: ${input}) { userErrors { code } }
      two: grantDayPasses(input: {quantity: 1, reason: "x", idempotencyKey: "a"}) { replayed }
      three: reverseDayPassConsumption(input: ${input}) { userErrors { code } }
    }`;
    // The person's pass opens the first; after its reversal, the key uses one for the second and
    // third.
    const answer = await post(key, twice);
    expect([answer.errors, taken([answer]).length]).toEqual([undefined, 1]);
    const own = taken([answer])[0]!.consumptionId;
    const again = await post(
      key,
      `mutation {
        one: reverseDayPassConsumption(input: {consumptionId: "${own}", reason: "Another"}) {
          userErrors { code }
        }
      }`,
    );
    expect(again.data).toEqual({ one: { userErrors: [{ code: 'NOT_REVERSIBLE' }] } });
    await expectPasses(desk, 2, 3);
  });
});

test('a key of a full-time agent uses no pass, nor does a service key; both need no gate', async () => {
  const desk = await at.site.openDesk({ passes: 2 });
  const [fullTime] = await desk.addAgents([{ type: 'FULL_TIME' }]);
  for (const key of [await addAgentKey(desk, fullTime!), await addKey(desk)]) {
    const answer = await post(key);
    expect([answer.errors, taken([answer])]).toEqual([undefined, []]);
  }
  await expectPasses(desk, 0, 2);
  await act(desk, ConvertDocument, {
    input: { agentId: agentNode(desk.agent), type: 'FULL_TIME' },
  });
  expect((await post(await addAgentKey(desk, desk.agent))).errors).toBeUndefined();
  await expectPasses(desk, 0, 2);
});

test('a key cannot agree to a pass for its agent', async () => {
  const { desk, key } = await openWithKey();
  const token = await desk.tokenFor(desk.agent);
  for (const { bearer } of [key, await addKey(desk, { scopes: ['wallet:write'] })]) {
    const answer = await at.here.request(ProceedDocument, { token: bearer, variables: { token } });
    expect(faultCodeOf(answer)).toBe('FORBIDDEN');
  }
  await expectPasses(desk, 0, 5);
});

test('while the account cannot be written, a key is refused and no pass is used', async () => {
  const { desk, key } = await openWithKey();
  const impatient = await startReplica(at.site.service.databaseUrl, {
    DAYPASS_LOCK_WAIT_MS: '1000',
    DAYPASS_QUEUE_WAIT_MS: '1000',
  });
  await whileLocked(desk, async () => {
    const answer = await post(key, undefined, { url: impatient.url });
    expect(faultOf(answer)).toEqual({
      code: 'SERVICE_UNAVAILABLE',
      retryAfterMs: expect.any(Number),
    });
  });
  await impatient.stop();
  await expectPasses(desk, 0, 5);
});

describe('what is withdrawn while a key’s request waits for the account counts', () => {
  const withdrawals: [what: string, sql: string, fault: object | null][] = [
    ['the key', `update api_keys set revoked_at = now()`, { code: 'UNAUTHENTICATED' }],
    [
      'the section',
      `update agents set sections = '{REPORTS}'`,
      { code: 'FORBIDDEN', reason: 'SECTION_NOT_PERMITTED' },
    ],
    [
      'the agent',
      `update agents set status = 'DEACTIVATED'`,
      { code: 'FORBIDDEN', reason: 'AGENT_NOT_ACTIVE' },
    ],
    ['the need of a pass', `update agents set type = 'FULL_TIME'`, null],
  ];

  test.each(withdrawals)('%s', async (_, sql, fault) => {
    const { desk, key } = await openWithKey();
    const runner = at.site.source.createQueryRunner();
    await runner.startTransaction();
    await runner.query('select from journals where account_id = $1 for update', [desk.accountId]);
    const answering = post(key);
    await eventually(async () => {
      const waiting: unknown[] = await at.site.source.query(
        `select from pg_stat_activity where datname = current_database()
           and wait_event_type = 'Lock' and query like '%from journals%'`,
      );
      expect(waiting).toHaveLength(1);
    });
    await runner.query(`${sql} where account_id = $1`, [desk.accountId]);
    await runner.commitTransaction();
    await runner.release();
    expect(faultOf(await answering) ?? null).toEqual(fault);
    await expectPasses(desk, 0, 5);
  });
});
