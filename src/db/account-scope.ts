import type { Pool, QueryResultRow } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { AccountRows } from './account-rows';
import { shapeOf, type RowShape } from './row-shape';
import { AccountRow } from './tables/account';

/**
 * Reads within one account. A feature has no other handle on the database, so a query that forgets
 * its account cannot be written by accident.
 */
export class AccountScope {
  constructor(
    private readonly source: DataSource,
    readonly accountId: string,
    /**
     * The lane of the connections that it uses; reads of one lane are not joined with those of
     * another.
     */
    readonly lane: 'ordinary' | 'reserved' = 'ordinary',
  ) {}

  /** A query over one table of this account, under the alias `row`. */
  select<Row extends ObjectLiteral>(table: EntityTarget<Row>): AccountRows<Row> {
    return this.rows<Row>(shapeOf(this.source.getMetadata(table)));
  }

  /** The same, with the values of a shape. */
  rows<Row extends object>(shape: RowShape<Row>): AccountRows<Row> {
    return new AccountRows(this, shape);
  }

  /**
   * Rows by id, in the order of the ids; null for an id that this account does not have.
   */
  async byId<Row extends ObjectLiteral & { id: string }>(
    of: EntityTarget<Row> | RowShape<Row>,
    ids: readonly string[],
  ): Promise<(Row | null)[]> {
    const query = isShape(of) ? this.rows(of) : this.select(of);
    const rows = await query.andWhere('row.id = any(:ids)', { ids }).getMany();
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  }

  /** The account's own row; null if the account no longer exists. */
  accounts(): Promise<AccountRow[]> {
    return this.source.getRepository(AccountRow).findBy({ id: this.accountId });
  }

  /** As `query`, for a statement that is used often: with a name, PostgreSQL parses it once. */
  async queryPrepared<Row extends QueryResultRow>(
    statement: { name: string | undefined; text: string },
    parameters: readonly unknown[] = [],
  ): Promise<Row[]> {
    const pool = (this.source.driver as PostgresDriver).master as Pool;
    const { rows } = await pool.query<Row>({
      ...statement,
      values: [this.accountId, ...parameters],
    });
    return rows;
  }

  /** Hand-written SQL; `$1` is the account, the parameters follow from `$2` on. */
  query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.source.query(sql, [this.accountId, ...parameters]);
  }
}

function isShape<Row extends ObjectLiteral>(
  of: EntityTarget<Row> | RowShape<Row>,
): of is RowShape<Row> {
  return typeof of === 'object' && 'table' in of;
}
