import type { QueryResultRow } from 'pg';
import { PreparedNames } from './prepared-names';
import type { RowShape } from './row-shape';

type Direction = 'ASC' | 'DESC';

/**
 * A statement reads one of these numbers of rows, so that pages of many sizes share few texts. The
 * number is part of the text: PostgreSQL plans a page by it.
 */
const limits = [1, 2, 11, 21, 51, 101];

const prepared = new PreparedNames();

/** An account's scope, which gives each statement its account as `$1`. */
interface AsksAccount {
  queryPrepared<Row extends QueryResultRow>(
    statement: { name: string | undefined; text: string },
    parameters: readonly unknown[],
  ): Promise<Row[]>;
}

/**
 * A query over one table of one account, under the alias `row`. Conditions are SQL that names
 * properties (`row.startsAt`) and parameters (`:from`); they are part of the program, never of a
 * request. Only the values differ between two requests of one shape, so both are one statement.
 */
export class AccountRows<Row extends object> {
  private conditions = 'row.account_id = $1';
  private more = '';
  private orders: readonly string[] = [];
  private most: number | null = null;
  private values: readonly unknown[] = [];

  constructor(
    private readonly scope: AsksAccount,
    private readonly shape: RowShape<Row>,
  ) {}

  andWhere(condition: string, parameters: object = {}): this {
    this.conditions += ` and ${this.bind(condition, parameters)}`;
    return this;
  }

  /** One more value of each row, under a name that no property has. */
  addSelect(sql: string, name: string): this {
    this.more += `, ${this.bind(sql, {})} as "${name}"`;
    return this;
  }

  /** Orders by this, after what it is ordered by already. */
  addOrderBy(sql: string, direction: Direction = 'ASC'): this {
    this.orders = [...this.orders, `${this.bind(sql, {})} ${direction}`];
    return this;
  }

  /** At least so many rows are read, if there are. */
  limit(rows: number): this {
    this.most = limits.find((limit) => limit >= rows) ?? rows;
    return this;
  }

  clone(): AccountRows<Row> {
    return Object.assign(Object.create(AccountRows.prototype) as AccountRows<Row>, this);
  }

  getMany<More extends object = object>(): Promise<(Row & More)[]> {
    const order = this.orders.length > 0 ? ` order by ${this.orders.join(', ')}` : '';
    const limit = this.most === null ? '' : ` limit ${this.most}`;
    return this.run(`select ${this.shape.select}${this.more} ${this.from}${order}${limit}`);
  }

  /** The first row; null if no row matches. */
  async getOne(): Promise<Row | null> {
    const [row] = await this.clone().limit(1).getMany();
    return row ?? null;
  }

  /** How many rows there are; counting stops at `most`. */
  async count(most: number): Promise<number> {
    const [found] = await this.run<{ count: number }>(
      `select count(*)::integer as count from (select 1 ${this.from} limit ${most}) as counted`,
    );
    return found?.count ?? 0;
  }

  /** A statement over these rows that is not a list of them; `from` has the table and the conditions. */
  readOver<Found extends object>(statement: (from: string) => string): Promise<Found[]> {
    return this.run(statement(this.from));
  }

  private get from(): string {
    return `from ${this.shape.table} as "row" where ${this.conditions}`;
  }

  private run<Found extends object>(text: string): Promise<Found[]> {
    const statement = { name: prepared.nameOf(text), text };
    return this.scope.queryPrepared<Found & QueryResultRow>(statement, this.values);
  }

  /** Columns for properties, and numbered parameters for named ones. */
  private bind(sql: string, parameters: object): string {
    const given = parameters as Readonly<Record<string, unknown>>;
    const numbers = new Map<string, number>();
    return partsOf(sql)
      .map(({ kind, text }) => {
        if (kind === 'column') return `row.${this.shape.columns[text] ?? text}`;
        if (kind === 'sql') return text;
        let number = numbers.get(text);
        if (number === undefined) {
          if (given[text] === undefined) throw new Error(`The parameter ${text} has no value.`);
          this.values = [...this.values, given[text]];
          // The account is the first.
          number = this.values.length + 1;
          numbers.set(text, number);
        }
        return `$${number}`;
      })
      .join('');
  }
}

interface Part {
  kind: 'sql' | 'column' | 'parameter';
  text: string;
}

/** The conditions of the program are few; each is taken apart once. */
const known = new Map<string, readonly Part[]>();

/** `row.property`, `:parameter` (but not the type after `::`), and the SQL between them. */
const names = /\brow\.([A-Za-z_]\w*)|(?<!:):([A-Za-z_]\w*)/g;

function partsOf(sql: string): readonly Part[] {
  let parts = known.get(sql);
  if (!parts) {
    const found: Part[] = [];
    let end = 0;
    for (const match of sql.matchAll(names)) {
      const [whole, column, parameter] = match;
      found.push({ kind: 'sql', text: sql.slice(end, match.index) });
      found.push(
        column === undefined
          ? { kind: 'parameter', text: parameter! }
          : { kind: 'column', text: column },
      );
      end = match.index + whole.length;
    }
    found.push({ kind: 'sql', text: sql.slice(end) });
    parts = found;
    known.set(sql, parts);
  }
  return parts;
}
