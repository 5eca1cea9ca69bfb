import type { Pool, QueryResultRow } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import type { DataSource, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
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
  select<Row extends ObjectLiteral>(table: EntityTarget<Row>): SelectQueryBuilder<Row> {
    return this.source
      .getRepository(table)
      .createQueryBuilder('row')
      .where('row.accountId = :scopeAccountId', { scopeAccountId: this.accountId });
  }

  /**
   * Rows of one table by id, in the order of the ids; null for an id that this account does not
   * have.
   */
  async byId<Row extends ObjectLiteral & { id: string }>(
    table: EntityTarget<Row>,
    ids: readonly string[],
  ): Promise<(Row | null)[]> {
    const rows = await this.select(table).andWhere('row.id = any(:ids)', { ids }).getMany();
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  }

  /** How many rows a query of `select` has; counting stops at `most`. */
  async count<Row extends ObjectLiteral>(
    rows: SelectQueryBuilder<Row>,
    most: number,
  ): Promise<number> {
    const [sql, parameters] = rows.clone().select('1').limit(most).getQueryAndParameters();
    const [found] = await this.source.query<{ count: number }[]>(
      `select count(*)::integer as count from (${sql}) as counted`,
      parameters,
    );
    return found?.count ?? 0;
  }

  /** The account's own row; null if the account no longer exists. */
  accounts(): Promise<AccountRow[]> {
    return this.source.getRepository(AccountRow).findBy({ id: this.accountId });
  }

  /** As `query`, for a statement that is used often: PostgreSQL parses and plans it once. */
  async queryPrepared<Row extends QueryResultRow>(
    statement: { name: string; text: string },
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
