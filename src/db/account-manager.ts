import type { EntityManager, EntityTarget, FindOptionsWhere } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity';
import { AccountRow } from './tables/account';

/** A row of a table whose rows belong to accounts. */
interface OwnedRow {
  accountId: string;
}

type Owned<Row extends OwnedRow> = Omit<Row, 'accountId'> & Partial<OwnedRow>;

/**
 * A transaction within one account: TypeORM's methods, each of which adds the account to its
 * condition and to what it writes, whatever the caller passed.
 */
export class AccountManager {
  constructor(
    private readonly entities: EntityManager,
    readonly accountId: string,
  ) {}

  findBy<Row extends OwnedRow>(
    table: EntityTarget<Row>,
    where: FindOptionsWhere<Row>,
  ): Promise<Row[]> {
    return this.entities.findBy(table, this.within(where));
  }

  findOneBy<Row extends OwnedRow>(
    table: EntityTarget<Row>,
    where: FindOptionsWhere<Row>,
  ): Promise<Row | null> {
    return this.entities.findOneBy(table, this.within(where));
  }

  existsBy<Row extends OwnedRow>(
    table: EntityTarget<Row>,
    where: FindOptionsWhere<Row>,
  ): Promise<boolean> {
    return this.entities.existsBy(table, this.within(where));
  }

  async insert<Row extends OwnedRow>(table: EntityTarget<Row>, row: Owned<Row>): Promise<void> {
    const owned = { ...row, accountId: this.accountId } as QueryDeepPartialEntity<Row>;
    await this.entities.insert(table, owned);
  }

  /** Writes rows by their ids: new ones, and others in place of what they were. */
  async upsert<Row extends OwnedRow & { id: string }>(
    table: EntityTarget<Row>,
    rows: readonly Owned<Row>[],
  ): Promise<void> {
    const { accountId } = this;
    const owned = rows.map((row) => ({ ...row, accountId })) as QueryDeepPartialEntity<Row>[];
    await this.entities.upsert(table, owned, ['accountId', 'id']);
  }

  async update<Row extends OwnedRow>(
    table: EntityTarget<Row>,
    where: FindOptionsWhere<Row>,
    changes: QueryDeepPartialEntity<Row>,
  ): Promise<void> {
    await this.entities.update(table, this.within(where), changes);
  }

  async delete<Row extends OwnedRow>(
    table: EntityTarget<Row>,
    where: FindOptionsWhere<Row>,
  ): Promise<void> {
    await this.entities.delete(table, this.within(where));
  }

  /** The account's own row. */
  readAccount(): Promise<AccountRow> {
    return this.entities.findOneByOrFail(AccountRow, { id: this.accountId });
  }

  /** Changes the account's own row. */
  async updateAccount(changes: Partial<Omit<AccountRow, 'id'>>): Promise<void> {
    await this.entities.update(AccountRow, { id: this.accountId }, changes);
  }

  /** Hand-written SQL; `$1` is the account, the parameters follow from `$2` on. */
  query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.entities.query(sql, [this.accountId, ...parameters]);
  }

  private within<Row extends OwnedRow>(where: FindOptionsWhere<Row>): FindOptionsWhere<Row> {
    return { ...where, accountId: this.accountId };
  }
}
