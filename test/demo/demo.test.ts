import type { DataSource } from 'typeorm';
import { createLog } from '../../src/core/log';
import { makeDemo } from '../../src/demo/make-demo';
import { seedDemo } from '../../src/demo/seed-demo';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { startTestService, type TestService } from '../support/desk/service';
import { openTestSource } from '../support/desk/database';
import { eventually } from '../support/patience';
import { startProgram } from '../support/process';
import { runVerb } from '../support/verb';

const slugs = ['harborview', 'northlight', 'sandbox'];

let service: TestService;
let source: DataSource;
const target = () => ({ source, url: service.databaseUrl, log: createLog({ logLevel: 'silent' }) });

/** What a seed that was killed had left, and what the next one answered. */
let killed: { entries: number; unfinished: number };
let next: { code: number; output: string };

beforeAll(async () => {
  // It runs while the demo is created, and ends what is due, but not in an account that is being
  // created.
  service = await startTestService();
  source = await openTestSource(service.databaseUrl);
  const env = { DATABASE_URL: service.databaseUrl };
  const seed = startProgram(process.execPath, ['bin/daypass.js', 'seed'], env);
  await eventually(async () => expect(await countEntries()).toBeGreaterThan(60));
  seed.child.kill('SIGKILL');
  await seed.ended;
  const [{ unfinished }] = await source.query(
    'select count(*)::int as unfinished from accounts where seeding',
  );
  killed = { entries: await countEntries(), unfinished };
  next = await runVerb(['seed', '--json'], env);
});

afterAll(async () => {
  await source.destroy();
  await service.stop();
});

async function countEntries(): Promise<number> {
  const [row] = await source.query('select count(*)::int as count from journal_entries');
  return row.count;
}

/** Numbers of one statement about one account, which is `$1`. */
async function numbersOf(slug: string, sql: string): Promise<Record<string, number>> {
  const [row] = await source.query(`with a as (select * from accounts where slug = $1) ${sql}`, [
    slug,
  ]);
  return row;
}

test('the next seed continues one that was killed', async () => {
  expect(killed.unfinished).toBeGreaterThan(0);
  expect(next).toMatchObject({ code: 0, output: '{"size":"small","made":true}\n' });
  expect(await countEntries()).toBeGreaterThan(killed.entries);
});

test('three MSPs are created, one of them a sandbox, and none is left unfinished', async () => {
  const rows = await source.query('select slug, sandbox, seeding from accounts order by slug');
  expect(rows).toEqual(
    slugs.map((slug) => ({ slug, sandbox: slug === 'sandbox', seeding: false })),
  );
});

test.each(slugs)('the books of %s close', async (slug) => {
  const [account] = await source.query('select id from accounts where slug = $1', [slug]);
  expect((await verifyBooks(source, account.id)).drift).toBeNull();
});

test('at least 60 agents live in at least 25 zones', async () => {
  const [{ agents, zones }] = await source.query(
    `select count(*)::int as agents, count(distinct time_zone)::int as zones from agents`,
  );
  expect(agents).toBeGreaterThanOrEqual(60);
  expect(zones).toBeGreaterThanOrEqual(25);
});

test.each(slugs)(
  '%s has its full-time admin, an occasional one, and others of each kind',
  async (slug) => {
    const admins = await source.query(
      `select email, type, status from agents join accounts a on a.id = account_id
     where slug = $1 and role = 'ACCOUNT_ADMIN' order by type`,
      [slug],
    );
    expect(admins).toEqual([
      { email: `admin@${slug}.example`, type: 'FULL_TIME', status: 'ACTIVE' },
      { email: expect.any(String), type: 'OCCASIONAL', status: 'ACTIVE' },
    ]);
    const kinds = await numbersOf(
      slug,
      `select count(*) filter (where type = 'FULL_TIME')::int as "fullTime",
       count(*) filter (where status = 'INVITED')::int as invited,
       count(*) filter (where status = 'DEACTIVATED')::int as deactivated,
       count(*) filter (where not 'TICKETS' = any(sections))::int as "withoutTickets"
     from agents join a on a.id = account_id`,
    );
    for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(0);
  },
);

test('30 occasional agents of the sandbox and more may enter, and no pass of theirs runs', async () => {
  const { free } = await numbersOf(
    'sandbox',
    `select count(*)::int as free from agents g join a on a.id = account_id
     where type = 'OCCASIONAL' and status = 'ACTIVE' and role = 'AGENT'
       and 'TICKETS' = any(sections) and not exists (
         select from running_passes r where r.account_id = a.id and r.agent_id = g.id)`,
  );
  expect(free).toBeGreaterThanOrEqual(30);
});

test('a dozen clients have 400 tickets, each of a person with an address', async () => {
  const [{ clients }] = await source.query('select count(*)::int as clients from clients');
  const tickets: { subject: string; description: string; requester_email: string }[] =
    await source.query('select subject, description, requester_email from tickets');
  expect({ clients, tickets: tickets.length }).toEqual({ clients: 12, tickets: 400 });
  for (const { subject, description, requester_email } of tickets) {
    expect(`${subject} ${description}`).not.toMatch(/[{}]|undefined|lorem/i);
    expect(requester_email).toMatch(/^[a-z.]+@[a-z0-9-]+\.example$/);
  }
});

test("the sandbox's tickets have replies, of occasional agents with access and of full-time agents", async () => {
  const replies: { slug: string; type: string; is_in: boolean; is_past: boolean; body: string }[] =
    await source.query(
      `select a.slug, g.type, r.body, r.created_at <= clock_timestamp() as is_past, exists (
         select from consumptions c where c.account_id = r.account_id and c.agent_id = r.agent_id
           and c.ticket_id = r.ticket_id and c.reversed_at is null
           and r.created_at between c.starts_at and c.expires_at) as is_in
       from ticket_replies r join accounts a on a.id = r.account_id
       join agents g on g.account_id = r.account_id and g.id = r.agent_id
         and g.name = r.author_name`,
    );
  expect(replies.length).toBeGreaterThan(20);
  expect(replies.length).toBeLessThan(100);
  expect(new Set(replies.map(({ type }) => type))).toEqual(new Set(['FULL_TIME', 'OCCASIONAL']));
  for (const { slug, type, is_in, is_past, body } of replies) {
    expect({ slug, is_in: is_in || type === 'FULL_TIME', is_past }).toEqual({
      slug: 'sandbox',
      is_in: true,
      is_past: true,
    });
    expect(body).not.toMatch(/[{}]|undefined|lorem/i);
  }
});

test.each(slugs)('the wallet of %s has plenty', async (slug) => {
  const { balance } = await numbersOf(
    slug,
    'select balance from wallets join a on a.id = account_id',
  );
  expect(balance).toBeGreaterThanOrEqual(100);
});

test('nothing is in the future, and everything that was due has ended', async () => {
  const [{ ahead, due }] = await source.query(
    `select (select count(*)::int from journals where last_instant > clock_timestamp()) as ahead,
       (select count(*)::int from running_passes r join journals j on j.account_id = r.account_id
         where r.expires_at <= j.last_instant) as due`,
  );
  expect({ ahead, due }).toEqual({ ahead: 0, due: 0 });
});

test('every pass ended at its very instant', async () => {
  const [{ ended, late }] = await source.query(
    `select count(*)::int as ended, count(*) filter (where occurred_at <> expires_at)::int as late
     from journal_entries e join consumptions c on c.account_id = e.account_id
       and c.id = e.consumption_id
       join accounts a on a.id = e.account_id
     where e.kind = 'DayPassExpired' and expires_at <= a.created_at + interval '90 days'`,
  );
  expect(ended).toBeGreaterThan(150);
  expect(late).toBe(0);
});

test('agents used passes at their own working hours, by portal and by ticket, and consented to a notice', async () => {
  const [row] = await source.query(
    `with visits as (
       select *, extract(hour from starts_at at time zone 'UTC'
         + utc_offset_minutes * interval '1 minute')::int as hour from consumptions)
     select count(distinct source)::int as sources, count(distinct consent_locale)::int as locales,
       min(hour) as earliest, max(hour) as latest from visits`,
  );
  expect(row.sources).toBe(2);
  expect(row.locales).toBeGreaterThanOrEqual(3);
  expect(row.earliest).toBeGreaterThanOrEqual(6);
  expect(row.latest).toBeLessThanOrEqual(18);
});

test('everything that can happen to a wallet happened', async () => {
  const rows: { kind: string }[] = await source.query('select distinct kind from journal_entries');
  expect(rows.map(({ kind }) => kind).sort()).toEqual([
    'DayPassConsumed',
    'DayPassExpired',
    'DayPassLotExpired',
    'DayPassReversed',
    'DayPassWalletEmpty',
    'DayPassWalletLow',
    'DayPassesGranted',
    'DayPassesPurchased',
  ]);
  const [emergencies] = await source.query(
    `select count(*)::int as used, count(settled_by_lot_id)::int as settled from emergency_passes`,
  );
  expect(emergencies).toEqual({ used: 1, settled: 1 });
});

test('seeding again changes nothing', async () => {
  const state = () =>
    source.query(
      'select account_id, sequence, last_hash, revision from journals natural join state_revisions order by 1',
    );
  const before = await state();
  expect(await seedDemo(target())).toBe(false);
  expect(await makeDemo(target())).toBe(false);
  expect(await state()).toEqual(before);
});

test('a database with another account gets no demo', async () => {
  await source.query(`update accounts set slug = 'own-' || slug`);
  expect(await seedDemo(target())).toBe(false);
  await source.query(`update accounts set slug = substr(slug, 5)`);
});
