import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
  desk = await site.openDesk({ agents: 3, passes: 1 });
});

afterAll(() => site.close());

/** The samples by name and labels, as Prometheus reads them. */
async function samples(): Promise<Map<string, number>> {
  const response = await fetch(`${site.service.url}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split('\n').filter((line) => /^[a-z]/.test(line));
  return new Map(
    lines.map((line) => {
      const cut = line.lastIndexOf(' ');
      return [line.slice(0, cut), Number(line.slice(cut + 1))];
    }),
  );
}

/** What `act` adds to each sample that it moves. */
async function moved(act: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await samples();
  await act();
  const after = await samples();
  const changes = [...after].map(
    ([name, value]) => [name, value - (before.get(name) ?? 0)] as const,
  );
  return Object.fromEntries(
    changes.filter(([name, by]) => by !== 0 && /_(total|count|commands)\b/.test(name)),
  );
}

async function post(body: string, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(`${site.service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  await response.text();
}

const request = (type: string, code: string) =>
  `daypass_requests_total{door="http",type="${type}",code="${code}"}`;
const command = (kind: string, outcome: string) =>
  `daypass_ledger_commands_total{kind="${kind}",outcome="${outcome}"}`;

test('requests are counted by type and code', async () => {
  expect(await moved(() => desk.ask(desk.agent))).toMatchObject({
    [request('query', 'OK')]: 1,
    'daypass_request_duration_seconds_count{door="http",type="query"}': 1,
  });
  const faults: [send: () => Promise<void>, type: string, code: string][] = [
    [() => post('{"query":"{ viewer { kind } }"}'), 'query', 'UNAUTHENTICATED'],
    [
      () => post('{"query":"{ viewer { kind } }"}', { authorization: 'Bearer forged' }),
      'unknown',
      'UNAUTHENTICATED',
    ],
    [() => post('{"query":"{ nothing }"}'), 'unknown', 'GRAPHQL_VALIDATION_FAILED'],
    [() => post('{"query":"{ "}'), 'unknown', 'GRAPHQL_PARSE_FAILED'],
    [() => post('{}'), 'unknown', 'BAD_USER_INPUT'],
    [() => post('{"query": '), 'unknown', 'BAD_USER_INPUT'],
  ];
  for (const [send, type, code] of faults) {
    expect(await moved(send)).toMatchObject({ [request(type, code)]: 1 });
  }
});

test('commands and their batches are counted', async () => {
  expect(await moved(() => desk.enter(desk.agents[0]!))).toMatchObject({
    [command('consume', 'accepted')]: 1,
    daypass_ledger_batch_commands_count: 1,
    daypass_ledger_commit_seconds_count: 1,
    [request('mutation', 'OK')]: 1,
  });
});

test('commands are counted by their outcome', async () => {
  await desk.add(1);
  const [first, second] = await Promise.all(
    desk.agents.slice(1).map(async (agent) => ({ agent, token: await desk.tokenFor(agent) })),
  );
  await desk.proceed(first!.agent, first!.token);
  expect(await moved(() => desk.proceed(first!.agent, first!.token))).toMatchObject({
    [command('consume', 'replayed')]: 1,
  });
  let code: string | null = null;
  const refusal = await moved(async () => {
    code = await desk.refusalOf(second!.agent, second!.token);
  });
  expect(code).not.toBeNull();
  expect(refusal).toMatchObject({ [command('consume', String(code))]: 1 });
});

test('a pass that is ended is counted by how late', async () => {
  await desk.add(1);
  await desk.sql(
    `update running_passes set expires_at = now() - interval '1 minute'
     where account_id = $1 and agent_id = $2`,
    [desk.agent.id],
  );
  // Entering again ends the old pass first, if the expiry loop has not done so already.
  const change = await moved(() => desk.enter(desk.agent));
  expect(change.daypass_expiry_lateness_seconds_count).toBe(1);
});

test('present values are shown', async () => {
  const shown = await samples();
  expect(shown.get('daypass_ledger_queue_commands')).toBe(0);
  expect(shown.get('daypass_subscribers')).toBe(0);
  expect(shown.get('daypass_hint_listener_up')).toBe(1);
  expect(shown.get('nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
  expect(shown.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
});

test('no label identifies an account', async () => {
  const text = [...(await samples()).keys()].join('\n');
  expect(text).not.toContain(desk.accountId);
  expect(text).not.toContain(desk.slug);
  const labels = new Set([...text.matchAll(/(\w+)="/g)].map(([, name]) => name));
  const known = ['door', 'type', 'code', 'kind', 'outcome', 'part', 'follower', 'state'];
  const ofLibrary = ['le', 'space', 'version', 'major', 'minor', 'patch'];
  expect([...labels].filter((name) => ![...known, ...ofLibrary].includes(name!))).toEqual([]);
});
