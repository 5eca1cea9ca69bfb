import type { Client } from 'pg';

/**
 * The catalogue and the functions of Citus that the service uses, as far as it uses them, in a
 * database without Citus: npm ships none. It refuses what Citus refuses, and distributes nothing.
 */
export async function createCitusStandIn(
  client: Client,
  workers: readonly string[],
): Promise<void> {
  const [{ name }] = (await client.query<{ name: string }>('select current_database() as name'))
    .rows as [{ name: string }];
  await client.query('create schema citus');
  await client.query(`alter database ${name} set search_path = public, citus`);
  await client.query('set search_path = public, citus');
  for (const statement of statements) await client.query(statement);
  const nodes = ['coordinator', ...workers];
  for (const [at, node] of nodes.entries()) {
    await client.query('insert into pg_dist_node values ($1, $2, 5432, true, $3, $4)', [
      at + 1,
      node,
      'primary',
      at > 0,
    ]);
  }
}

const statements = [
  `create table citus.pg_dist_node (nodeid int, nodename text, nodeport int, isactive boolean,
     noderole text, shouldhaveshards boolean)`,
  `create table citus.known (table_name regclass primary key, citus_table_type text,
     distribution_column text, colocation_id int, shard_count bigint)`,
  'create view citus.citus_tables as select * from citus.known',
  'create sequence citus.groups',
  // A foreign key is refused unless both of its tables are known and, of two distributed ones, together.
  `create function citus.refuse_keys(given regclass) returns void language plpgsql as $$
     declare other regclass;
     begin
       select case when conrelid = given then confrelid else conrelid end into other
       from pg_constraint where contype = 'f' and given in (conrelid, confrelid) limit 1;
       if other is not null then
         raise exception 'cannot create foreign key constraint: % and %', given, other;
       end if;
     end $$`,
  `create function citus.create_reference_table(given regclass) returns void language plpgsql as $$
     begin
       perform citus.refuse_keys(given);
       insert into citus.known values (given, 'reference', '<none>', 0, 1);
     end $$`,
  `create function citus.create_distributed_table(given regclass, distribution_column text,
     colocate_with text default 'default', shard_count int default 32)
   returns void language plpgsql as $$
     begin
       perform citus.refuse_keys(given);
       insert into citus.known values (given, 'distributed', distribution_column,
         case when colocate_with = 'none' then nextval('citus.groups')::int
           else (select colocation_id from citus.known k where k.table_name = colocate_with::regclass)
         end, shard_count);
     end $$`,
  `create function citus.run_command_on_all_nodes(command text)
   returns table (nodeid int, success boolean, result text) language plpgsql as $$
     begin
       for nodeid in select n.nodeid from citus.pg_dist_node n where n.isactive order by 1 loop
         execute command into result;
         success := true;
         return next;
       end loop;
     end $$`,
  `create function citus.run_command_on_shards(given regclass, command text)
   returns table (shardid bigint, success boolean, result text) language plpgsql as $$
     begin
       shardid := 102008;
       success := true;
       execute replace(command, '%s', given::text) into result;
       return next;
     end $$`,
];
