import type { Fields, RowCodec } from './codec';

/*
 * The statements that write rows of one account: `$1` is the account, `$2` the JSON list of the rows'
 * plain values. Their texts are made once, when the module that names them is loaded.
 */

/**
 * Inserts the rows. Columns that are not the codec's have their defaults. The account comes from its
 * journal, which every account has: so a cluster sees that all rows belong to one account, and sends
 * them as one statement to the account's machine. From JSON alone it would copy them by way of its own.
 */
export function insertRows(codec: RowCodec<Fields>): string {
  return `insert into ${codec.table} (account_id, ${codec.columns.join(', ')})
    select j.account_id, ${codec.values.join(', ')}
    from journals j cross join ${codec.givenIn('$2')} where j.account_id = $1`;
}

/** Inserts the rows; of those whose key is there already it sets the columns of `set`. */
export function putRows(
  codec: RowCodec<Fields>,
  { key, set }: { key: string; set: readonly string[] },
): string {
  const changes = set.map((column) => `${column} = excluded.${column}`);
  return `${insertRows(codec)}
    on conflict (account_id, ${key}) do update set ${changes.join(', ')}`;
}

/** Sets all of the codec's columns in the rows of those ids. */
export function updateRows(
  codec: RowCodec<Fields>,
  {
    keptIfNull = [],
    also = [],
  }: {
    /** Columns that stay as they are if null is given for them. */
    keptIfNull?: readonly string[];
    /** More of what is set, as SQL. */
    also?: readonly string[];
  } = {},
): string {
  const { table } = codec;
  const changes = codec.columns
    .filter((column) => column !== 'id')
    .map((column) =>
      keptIfNull.includes(column)
        ? `${column} = coalesce(new.${column}, ${table}.${column})`
        : `${column} = new.${column}`,
    );
  return `update ${table} set ${[...changes, ...also].join(', ')}
    from (${codec.given('$2')}) as new
    where ${table}.account_id = $1 and ${table}.id = new.id`;
}
