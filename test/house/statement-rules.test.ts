import { readFileSync } from 'node:fs';
import path from 'node:path';
import { accountTablesIn, judgeStatement, loadParser } from '../support/statement-rules';
import { root } from '../support/sources';

/*
 * The rules by which `global-teardown.ts` judges every statement that the product sends during a run.
 */

const tables = accountTablesIn(readFileSync(path.join(root, 'schema/schema.sql'), 'utf8'));

beforeAll(loadParser);

test('the tables of accounts are known', () => {
  expect([...tables]).toEqual(expect.arrayContaining(['journals', 'lots', 'due_items']));
  for (const other of ['accounts', 'day_pass_prices', 'followers', 'migrations']) {
    expect([...tables]).not.toContain(other);
  }
});

test.each([
  'select sequence from journals where account_id = $1 for update',
  'select 1 from lots l join wallets w on w.account_id = l.account_id where l.account_id = $1::uuid',
  'select 1 from lots join wallets using (account_id) where lots.account_id = $1',
  'select a.id from accounts a join journals j on j.account_id = a.id where a.id = $1',
  'select 1 from lots l where l.account_id = $1 and exists (select from wallets w where w.account_id = l.account_id)',
  'with lot as (select * from lots where account_id = $1) select * from lot',
  'update lots set remaining = new.remaining from json_to_recordset($2) as new (id uuid, remaining int) where lots.account_id = $1 and lots.id = new.id',
  'insert into lots (account_id, id) values ($1, $2) returning id, account_id',
  'insert into lots (account_id, id) select j.account_id, n.id from journals j cross join json_to_recordset($2) as n (id uuid) where j.account_id = $1',
  'insert into dev_mails (account_id, sent_at) values ($1, clock_timestamp())',
  '/* every shard: stored jobs */ select distinct account_id from job_outbox limit $1',
  'select id from accounts where seeding',
  'select clock_timestamp() as now',
  'begin isolation level read committed',
])('a cluster runs: %s', (text) => {
  expect(judgeStatement(text, tables)).toEqual([]);
});

test.each([
  ['select sequence from journals', 'journals has no account'],
  ['select 1 from lots where account_id = $1 or true', 'lots has no account'],
  ['select 1 from lots where account_id = any($1)', 'lots has no account'],
  ['select 1 from lots l, wallets w where l.account_id = $1', 'wallets has no account'],
  [
    'select 1 from lots where account_id = $1 and exists (select from wallets)',
    'wallets has no account',
  ],
  ['delete from lots where id = $1', 'lots has no account'],
  [
    'with lot as (select * from lots) select * from lot where account_id = $1',
    'lots has no account',
  ],
  ['/* every shard: all lots */ select * from lots', 'no statement is named "all lots"'],
  ['update lots set remaining = 0 where id = $1', 'lots has no account'],
  ['update lots set created_at = now() where account_id = $1', 'a change of lots calls a clock'],
  [
    'update lots set created_at = current_timestamp where account_id = $1',
    'a change of lots calls a clock',
  ],
  [
    'delete from lots where account_id = $1 and expires_at < clock_timestamp()',
    'a change of lots calls a clock',
  ],
  [
    'insert into lots (account_id, id) values ($1, $2) on conflict (account_id, id) do update set created_at = now()',
    'a change of lots calls a clock',
  ],
  [
    'update lots set remaining = 0 where account_id = $1 returning remaining + 1',
    'a change of lots returns more than plain columns',
  ],
  [
    'insert into lots (account_id, id) select $1, n.id from json_to_recordset($2) as n (id uuid)',
    'an insert into lots does not select its account from a table',
  ],
  [
    'insert into lots select * from lots where account_id = $1',
    'an insert into lots has no account',
  ],
])('a cluster refuses: %s', (text, fault) => {
  expect(judgeStatement(text, tables)).toEqual([fault]);
});
