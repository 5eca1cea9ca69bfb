import path from 'node:path';
import { Client } from 'pg';
import { newId } from '../../src/core/ids';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/db/embedded/embedded-postgres';
import { readPasswords } from '../../src/db/embedded/passwords';
import { migrate } from '../../src/db/migrate';
import { rightsOn, tableNames } from '../../src/db/roles/rights';
import { verifyAudit } from '../../src/db/verify-audit';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import {
  ChangeAgentDocument,
  DeleteAgentDocument,
  RemoveIdentityProviderDocument,
  SetIdentityProviderDocument,
} from '../generated/operations';
import { copyCluster } from '../support/cluster';
import { addClients, addTickets } from '../support/desk/catalogue';
import { openSiteOf, type Desk, type TestSite } from '../support/desk/desk';
import { createTestFolder } from '../support/folder';
import { activate, invite, jobsOf, linkToken } from '../support/desk/invitations';
import { addKey, revokeKey } from '../support/desk/keys';
import { runVerb } from '../support/verb';
import { startReplica } from '../support/desk/replica';
import { act, agentNode } from '../support/desk/streams';
import { openTestSource } from '../support/desk/database';
import { longTest, size } from '../support/size';

/* Two roles: the tables belong to one, the service works as the other and only adds to history. */

const folder = createTestFolder();
let server: EmbeddedPostgres;
let superuser: Client;

const urlOf = (user: string, database: string, password = 'secret') => {
  const url = new URL(server.urlOf(database));
  url.username = user;
  url.password = password;
  return String(url);
};
const superPassword = () => readPasswords(path.join(server.directory, 'cluster'))!.superuser;

beforeAll(async () => {
  await copyCluster(folder.path);
  server = await startEmbeddedPostgres({ dataDir: folder.path, settings: { fsync: 'off' } });
  superuser = new Client(urlOf('postgres', 'postgres', superPassword()));
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await server.stop();
  folder.remove();
});

/** Runs statements on one connection, as psql would. */
async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A database that belongs to the role of that name, and a role for the service beside it. */
async function openDatabase(name: string): Promise<{ owner: string; service: string }> {
  await superuser.query(`create role ${name}_owner login password 'secret'`);
  await superuser.query(`create role ${name}_service login password 'secret'`);
  await superuser.query(`create database ${name} owner ${name}_owner`);
  return { owner: urlOf(`${name}_owner`, name), service: urlOf(`${name}_service`, name) };
}

/** A service on the database, while `use` runs. */
async function withSite(
  url: string,
  environment: Record<string, string>,
  use: (site: TestSite) => Promise<void>,
): Promise<void> {
  const site = await openSiteOf(await startReplica(url, environment));
  try {
    await use(site);
  } finally {
    await site.close();
  }
}

/** One of everything that the service writes. */
async function work(desk: Desk): Promise<void> {
  await desk.enter(desk.agent);
  await addClients(desk, 'one');
  await addTickets(desk, 1);
  await act(desk, ChangeAgentDocument, { input: { agentId: agentNode(desk.agent), name: 'Noor' } });
  await revokeKey(desk, await addKey(desk));
  const input = { issuer: 'https://login.msp.example', clientId: 'portal' };
  const set = await act(desk, SetIdentityProviderDocument, { input });
  const identityProviderId = set.setIdentityProvider!.identityProvider!.id;
  await act(desk, RemoveIdentityProviderDocument, { input: { identityProviderId } });
  const invited = (await invite(desk, { email: `${newId()}@new.example` })).agent!;
  expect(await jobsOf(desk)).toHaveLength(1);
  await activate(desk, (await linkToken(desk, invited))!);
}

const history = ['journal_entries', 'purchases', 'consumptions', 'audit_events', 'audit_seals'];
const attempts = history.flatMap((table) => [
  `update ${table} set account_id = account_id`,
  `delete from ${table}`,
  `truncate ${table}`,
  `truncate ${table} cascade`,
  `alter table ${table} add column more text`,
  `alter table ${table} owner to current_user`,
  `drop table ${table}`,
  `drop table ${table} cascade`,
  `create rule none as on insert to ${table} do instead nothing`,
  `grant update on ${table} to current_user`,
]);
const others = [
  'update consumptions set expires_at = starts_at',
  'update lots set quantity = 1',
  'delete from lots',
  'delete from wallets',
  'delete from accounts',
  'update audit_trails set adopts_until = null',
  'delete from audit_trails',
  'update service_secrets set value = value',
  'delete from migrations',
  'drop schema public cascade',
  'drop schema graphile_worker cascade',
  `set role none; set session authorization default; delete from journal_entries`,
];

async function expectHistoryToHold(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  const done: string[] = [];
  for (const attempt of [...attempts, ...others]) {
    // A grant of what one does not have is a warning to PostgreSQL: what counts is the next attempt.
    await client.query(attempt).then(
      () => attempt.startsWith('grant') || done.push(attempt),
      (error: Error & { code?: string }) =>
        error.code === '42501' || done.push(`${attempt}: ${error.message}`),
    );
  }
  await client.query('update consumptions set reversed_at = reversed_at');
  await client.end();
  expect(done).toEqual([]);
}

test('the service works as a role that only adds to history', async () => {
  const { owner, service } = await openDatabase('fresh');
  const environment = { DAYPASS_MIGRATION_URL: owner, DAYPASS_DEMO: size('false', 'true') };
  await withSite(service, environment, async (site) => {
    const desk = await site.openDesk({ passes: 3 });
    await work(desk);
    const { agent } = await invite(desk);
    const deleted = await act(desk, DeleteAgentDocument, { agentId: agent!.id });
    expect(deleted.deleteAgent!.userErrors).toEqual([]);
    await expectHistoryToHold(service);
    expect((await verifyBooks(site.source, desk.accountId)).drift).toBeNull();
    expect((await verifyAudit(site.source, desk.accountId)).drift).toBeNull();

    const held: { name: string; rights: string }[] = await site.source.query(
      `select c.relname as name, array_to_string(array(
       select kind from unnest(array['select', 'insert', 'update', 'delete', 'truncate',
         'references', 'trigger']) with ordinality as k (kind, at)
       where has_table_privilege(current_user, c.oid, kind) order by at), ', ') as rights
     from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    );
    // Every table that there is, those of releases to come among them.
    expect(held.map(({ name }) => name).sort()).toEqual([...tableNames].sort());
    for (const { name, rights } of held) {
      const whole = rightsOn(name).replace(/, \w+ \([^)]*\)/g, '');
      expect([name, rights]).toEqual([name, whole]);
    }
    // Whatever its own owner may not do, the service may not do either.
    const kept: { name: string; kind: string }[] = await site.source.query(
      `select relname as name, kind from pg_class c, unnest(array['update', 'delete']) as kind
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and not has_table_privilege('fresh_owner', c.oid, kind)`,
    );
    expect(kept.length).toBeGreaterThan(10);
    for (const { name, kind } of kept) {
      expect(rightsOn(name).split(', ')).not.toContain(kind);
    }
  });

  // The next start may leave the owner's address to the operator, until there is something to migrate.
  const alone = await startReplica(service);
  await alone.stop();
  await run(owner, [`delete from migrations where name like 'AuditChain%'`]);
  await expect(migrate(service)).rejects.toThrow(
    'run npx daypass migrate with DAYPASS_MIGRATION_URL',
  );
  await run(owner, [
    `insert into migrations (timestamp, name) values (1764300300000, 'AuditChain1764300300000')`,
  ]);
  expect(await findingOf({ DATABASE_URL: service })).toEqual({
    part: 'history',
    state: 'ok',
    says: 'the tables belong to fresh_owner; the role fresh_service can only append to the history',
  });
  await run(owner, ['grant delete on purchases to fresh_service']);
  expect(await findingOf({ DATABASE_URL: service })).toMatchObject({
    state: 'broken',
    says: 'the role fresh_service has privileges that it should not have: delete on purchases',
  });
  await migrate(service, async () => {}, owner);
  expect(await findingOf({ DATABASE_URL: service })).toMatchObject({ state: 'ok' });
});

interface Report {
  findings: { part: string; state: string; says: string; statements?: string[] }[];
}

async function findingOf(environment: Record<string, string>) {
  const { output } = await runVerb(['doctor', '--json'], environment);
  return (JSON.parse(output) as Report).findings.find(({ part }) => part === 'history')!;
}

describe('a database of one role with rows in it is moved by the statements that doctor prints', () => {
  async function openRole(name: string): Promise<string> {
    await superuser.query(`create role ${name} login password 'secret'`);
    await superuser.query(`create database ${name} owner ${name}`);
    return urlOf(name, name);
  }

  async function expectItMoved(url: string, owner: string): Promise<void> {
    await migrate(url, async () => {}, owner);
    await expectHistoryToHold(url);
    const environment = { DATABASE_URL: url, DAYPASS_MIGRATION_URL: owner };
    expect(await findingOf(environment)).toMatchObject({ state: 'ok' });
  }

  longTest('the service keeps its role, the tables go to a new one', async () => {
    const url = await openRole('moved');
    let accountId = '';
    await withSite(url, {}, async (site) => {
      const desk = await site.openDesk({ passes: 3 });
      await work(desk);
      accountId = desk.accountId;
    });
    const finding = await findingOf({ DATABASE_URL: url });
    expect(finding).toMatchObject({
      state: 'warning',
      says: expect.stringContaining(
        'the role moved runs the service and could rewrite the history',
      ),
    });
    const statements = finding.statements!.map((one) => one.replace('CHOOSE-A-PASSWORD', 'secret'));
    await run(urlOf('postgres', 'moved', superPassword()), statements);
    // Before the next start, too.
    await expectHistoryToHold(url);
    const owner = urlOf('daypass_owner', 'moved');
    await withSite(url, { DAYPASS_MIGRATION_URL: owner }, async (site) => {
      await work(await site.openDesk({ passes: 3 }));
      expect((await verifyBooks(site.source, accountId)).drift).toBeNull();
      expect((await verifyAudit(site.source, accountId)).drift).toBeNull();
    });
    await expectItMoved(url, owner);
  });

  longTest(
    'or to the role that DAYPASS_MIGRATION_URL names already, before which nothing starts',
    async () => {
      const url = await openRole('named');
      await migrate(url);
      await superuser.query(`create role named_owner login password 'secret'`);
      const owner = urlOf('named_owner', 'named');
      const environment = { DATABASE_URL: url, DAYPASS_MIGRATION_URL: owner };
      await expect(migrate(url, async () => {}, owner)).rejects.toThrow(
        'the role named of DATABASE_URL could rewrite history',
      );
      const finding = await findingOf(environment);
      expect(finding).toMatchObject({ state: 'broken' });
      await run(urlOf('postgres', 'named', superPassword()), finding.statements!);
      await expectItMoved(url, owner);
    },
  );

  longTest('a superuser keeps the tables, and the service gets a role of its own', async () => {
    await superuser.query('create database supered');
    const owner = urlOf('postgres', 'supered', superPassword());
    await migrate(owner);
    const finding = await findingOf({ DATABASE_URL: owner });
    expect(finding).toMatchObject({ state: 'warning', says: expect.stringContaining('superuser') });
    await run(
      owner,
      finding.statements!.map((one) => one.replace('CHOOSE-A-PASSWORD', 'secret')),
    );
    const url = urlOf('daypass_service', 'supered');
    await migrate(url, async () => {}, owner);
    await expectHistoryToHold(url);
  });
});

test('two addresses that would not keep history from the service are refused', async () => {
  const { owner, service } = await openDatabase('refused');
  await expect(migrate(owner, async () => {}, owner)).rejects.toThrow('names the same role');
  const root = urlOf('postgres', 'refused', superPassword());
  await expect(migrate(root, async () => {}, owner)).rejects.toThrow('it is a superuser');
  await superuser.query('grant refused_owner to refused_service');
  await expect(migrate(service, async () => {}, owner)).rejects.toThrow('may become its owner');
  await superuser.query('revoke refused_owner from refused_service');
  expect((await migrate(service, async () => {}, owner)).length).toBeGreaterThan(5);
  const source = await openTestSource(service);
  expect(await source.showMigrations()).toBe(false);
  await source.destroy();
});
