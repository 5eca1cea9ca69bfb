import fc from 'fast-check';
import { planRow, readRow, type ImportedRow } from '../../src/agents/import-agents.rules';
import type { AgentRow } from '../../src/db/tables/agent';
import { ImportAgentsDocument, type ImportAgentsInput } from '../generated/operations';
import { checksumsOf } from '../support/desk/account-rows';
import { dataOf, faultCodeOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { jobsOf, linkToken } from '../support/desk/invitations';
import { addKey } from '../support/desk/keys';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());

const send = (desk: Desk, input: ImportAgentsInput, { bearer } = desk.admin) =>
  site.service.request(ImportAgentsDocument, { token: bearer, variables: { input } });

const importInto = async (desk: Desk, input: ImportAgentsInput) => {
  const { rows, userErrors } = dataOf(await send(desk, input)).importAgents!;
  expect(userErrors).toEqual(rows!.flatMap((row) => row.userErrors));
  return rows!;
};

const rowsOf = (count: number): ImportAgentsInput['rows'] =>
  Array.from({ length: count }, (_, at) => ({ name: `Agent ${at}`, email: `a${at}@new.example` }));

const outcomes = (rows: { outcome: string }[]) => rows.map(({ outcome }) => outcome);

const auditedActs = async (desk: Desk) => {
  const acts = await desk.sql<{ action: string; count: number }>(
    `select action, count(*)::int as count from audit_events where account_id = $1
     and action like 'agent.%' group by action order by action`,
  );
  return Object.fromEntries(acts.map(({ action, count }) => [action, count]));
};

test('rows add, change and keep agents; a dry run says the same and writes nothing', async () => {
  const desk = await site.openDesk({ agents: 0 });
  await desk.sql(`update accounts set time_zone = 'Europe/Berlin' where id = $1`);
  await desk.addAgents([
    { name: 'Old', email: 'known@desk.example', timeZone: 'UTC', type: 'OCCASIONAL' },
    { name: 'Same', email: 'same@desk.example' },
    { name: 'Gone', email: 'gone@desk.example', status: 'DEACTIVATED' },
    { name: 'Boss', email: 'boss@desk.example', type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' },
  ]);
  const rows: ImportAgentsInput['rows'] = [
    { name: ' New ', email: 'New@Desk.example' },
    {
      name: 'Full',
      email: 'full@desk.example',
      type: 'FULL_TIME',
      timeZone: 'Pacific Time (US & Canada)',
      sections: ['TICKETS'],
    },
    { name: 'New name', email: 'KNOWN@desk.example', type: 'FULL_TIME', timeZone: 'Berlin' },
    { name: 'Same', email: 'same@desk.example', timeZone: '' },
    { name: 'Gone', email: 'gone@desk.example' },
    { name: 'Boss', email: 'boss@desk.example', type: 'OCCASIONAL' },
    { name: 'Again', email: 'new@desk.example' },
    { name: '', email: 'a@b.example, c@d.example', timeZone: 'Middle Earth' },
  ];
  const before = await checksumsOf(desk);
  const dry = await importInto(desk, { rows, dryRun: true });
  expect(await checksumsOf(desk)).toEqual(before);

  const done = await importInto(desk, { rows });
  expect(dry).toEqual(
    done.map((row) =>
      row.outcome === 'REFUSED'
        ? row
        : {
            ...row,
            agent:
              row.outcome === 'CREATED' ? null : expect.objectContaining({ id: row.agent!.id }),
            mailSent: false,
          },
    ),
  );
  expect(outcomes(done)).toEqual([
    'CREATED',
    'CREATED',
    'UPDATED',
    'UNCHANGED',
    'REFUSED',
    'REFUSED',
    'REFUSED',
    'REFUSED',
  ]);
  expect(done[0]).toMatchObject({
    agent: { name: 'New', email: 'new@desk.example', type: 'OCCASIONAL', status: 'INVITED' },
    mailSent: true,
    activationLink: null,
  });
  expect(done[0]!.agent).toMatchObject({ role: 'AGENT', timeZone: 'Europe/Berlin' });
  expect(done[1]!.agent).toMatchObject({
    type: 'FULL_TIME',
    timeZone: 'America/Los_Angeles',
    sections: ['TICKETS'],
  });
  expect(done[2]).toMatchObject({
    agent: { name: 'New name', type: 'FULL_TIME', timeZone: 'Europe/Berlin', status: 'ACTIVE' },
    changes: ['NAME', 'TYPE', 'TIME_ZONE'],
    mailSent: false,
  });
  expect(done.slice(4).map(({ userErrors }) => userErrors)).toEqual([
    [{ code: 'AGENT_NOT_ACTIVE', field: ['rows', '4', 'email'] }],
    [{ code: 'VALIDATION_FAILED', field: ['rows', '5', 'type'] }],
    [{ code: 'EMAIL_TAKEN', field: ['rows', '6', 'email'] }],
    ['name', 'email', 'timeZone'].map((field) => ({
      code: 'VALIDATION_FAILED',
      field: ['rows', '7', field],
    })),
  ]);
  expect(await auditedActs(desk)).toEqual({ 'agent.converted': 1, 'agent.invited': 2 });
  expect(await jobsOf(desk)).toEqual(['send-invitation', 'send-invitation']);

  // The same again changes nothing, and mails nothing.
  const again = await importInto(desk, { rows });
  expect(outcomes(again).slice(0, 4)).toEqual(Array(4).fill('UNCHANGED'));
  expect(await auditedActs(desk)).toEqual({ 'agent.converted': 1, 'agent.invited': 2 });
  expect(await jobsOf(desk)).toHaveLength(2);
});

test('an import that broke off is completed by repeating it, and each agent is invited once', async () => {
  const desk = await site.openDesk({ agents: 0 });
  const rows = rowsOf(20);
  const named = `no_${desk.accountId.replaceAll('-', '')}`;
  await desk.site.source.query(
    `alter table agents add constraint ${named} check (
       account_id <> '${desk.accountId}' or email <> 'a7@new.example')`,
  );
  expect(faultCodeOf(await send(desk, { rows }))).toBe('INTERNAL_SERVER_ERROR');
  await desk.site.source.query(`alter table agents drop constraint ${named}`);

  const [one, other] = await Promise.all([importInto(desk, { rows }), importInto(desk, { rows })]);
  // Two at once: of each row one import creates the agent, and the other finds it.
  for (const at of rows.keys()) {
    const both = [one[at]!, other[at]!].map(({ outcome }) => outcome);
    expect(both.every((outcome) => outcome === 'CREATED' || outcome === 'UNCHANGED')).toBe(true);
  }
  expect(outcomes(await importInto(desk, { rows }))).toEqual(Array(20).fill('UNCHANGED'));
  expect(await auditedActs(desk)).toEqual({ 'agent.invited': 20 });
  expect(await jobsOf(desk)).toHaveLength(20);
});

test('invitations are mailed within the limits, handed over, or left for later', async () => {
  const desk = await site.openDesk({ agents: 0 });
  await desk.sql(
    `insert into invitation_mails (account_id, id, address, send_at)
     select $1, gen_random_uuid(), 'x' || n || '@y.example', clock_timestamp()
     from generate_series(1, 499) n`,
  );
  const rows = rowsOf(3);
  expect((await importInto(desk, { rows })).every(({ mailSent }) => mailSent)).toBe(true);
  const waits = await desk.sql<{ waits: boolean }>(
    `select send_at > clock_timestamp() + interval '23 hours' as waits
     from invitation_mails where account_id = $1 and address like 'a%' order by 1`,
  );
  expect(waits.map(({ waits: one }) => one)).toEqual([false, true, true]);

  const later = await site.openDesk({ agents: 0 });
  const quiet = await importInto(later, { rows, invite: false });
  expect(quiet.map(({ mailSent, activationLink }) => mailSent || activationLink !== null)).toEqual(
    Array(3).fill(false),
  );
  expect(await jobsOf(later)).toEqual([]);

  const unmailed = await site.openDesk({ agents: 0 });
  await unmailed.sql('update accounts set email_notifications_enabled = false where id = $1');
  const [first] = await importInto(unmailed, { rows: rows.slice(0, 1) });
  expect(first!.activationLink).toContain(`#${await linkToken(unmailed, first!.agent!)}`);
  const key = await addKey(unmailed, { scopes: ['agents:read', 'agents:write'] });
  const byKey = dataOf(await send(unmailed, { rows: rows.slice(1) }, key)).importAgents!.rows!;
  expect(byKey.map(({ outcome, activationLink }) => [outcome, activationLink])).toEqual(
    Array(2).fill(['CREATED', null]),
  );
});

test('more than 100 rows are refused, none is accepted', async () => {
  const desk = await site.openDesk({ agents: 0 });
  expect(faultCodeOf(await send(desk, { rows: rowsOf(101) }))).toBe('BAD_USER_INPUT');
  expect(await importInto(desk, { rows: [] })).toEqual([]);
});

const anyRow = fc.record<ImportedRow>({
  name: fc.constantFrom('Ada', ' Ada ', 'Grace'),
  email: fc.constantFrom('ada@x.example', 'ADA@x.example'),
  type: fc.constantFrom(undefined, null, 'FULL_TIME', 'OCCASIONAL'),
  timeZone: fc.constantFrom(undefined, null, '', 'Berlin', 'UTC', 'utc'),
  sections: fc.constantFrom(undefined, null, [], ['TICKETS'], ['REPORTS', 'TICKETS', 'TICKETS']),
});

test('whatever a row changes, the same row changes nothing after that', () => {
  const start = { status: 'ACTIVE', role: 'AGENT', type: 'OCCASIONAL', timeZone: 'UTC' } as const;
  fc.assert(
    fc.property(anyRow, (row) => {
      const values = readRow(row);
      if ('userErrors' in values) throw new Error('All of these rows are valid.');
      const before = { ...start, name: 'Ada', sections: ['TICKETS'] } as unknown as AgentRow;
      const plan = planRow(values, before);
      const changed = plan.outcome === 'UPDATED' ? plan.changed : [];
      const after = { ...before };
      for (const field of changed) Object.assign(after, { [field]: values[field] });
      expect(planRow(values, after)).toEqual({ outcome: 'UNCHANGED' });
      expect(changed.length > 0).toBe(JSON.stringify(after) !== JSON.stringify(before));
    }),
  );
});
