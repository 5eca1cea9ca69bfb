import type { RowShape } from '../../db/row-shape';

/*
 * A row of the kernel's tables is one list of (property, column, kind). The texts of SQL that load and
 * write the row are made from that list, once, when the module is loaded. A row travels in both
 * directions as the JSON of its plain value, so no code maps it row by row.
 */

/** How values of each kind are written as JSON, and how SQL turns them into columns and back. */
const kinds = {
  uuid: { type: 'uuid' },
  text: { type: 'text' },
  texts: { type: 'text[]' },
  integer: { type: 'integer' },
  integers: { type: 'integer[]' },
  bigint: { type: 'bigint' },
  boolean: { type: 'boolean' },
  /** YYYY-MM-DD. */
  date: { type: 'date', read: (column: string) => `to_char(${column}, 'YYYY-MM-DD')` },
  /** Milliseconds since 1970. */
  instant: {
    type: 'bigint',
    read: (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`,
    write: (ms: string) => `'epoch'::timestamptz + ${ms} * interval '1 millisecond'`,
  },
  /** Hexadecimal. */
  bytes: {
    type: 'text',
    read: (column: string) => `encode(${column}, 'hex')`,
    write: (hex: string) => `decode(${hex}, 'hex')`,
  },
} satisfies Record<string, Kind>;

interface Kind {
  /** The SQL type of the JSON value. */
  type: string;
  read?: (column: string) => string;
  write?: (value: string) => string;
}

/** A property that is one column. `value` is for the type checker only: no field has it. */
export interface ColumnField<Value> {
  readonly kind: keyof typeof kinds;
  readonly column: string;
  readonly isNullable: boolean;
  readonly value?: Value;
}

/** A property that is an object of several columns. If it may be null, all its columns are null then. */
export interface GroupField<Value> {
  readonly kind: 'group';
  readonly fields: Fields;
  readonly isNullable: boolean;
  readonly value?: Value;
}

export type Field<Value> = ColumnField<Value> | GroupField<Value>;
export type Fields = Readonly<Record<string, Field<unknown>>>;
type ValueOf<Of> = Of extends { readonly value?: infer Value } ? Value : never;
type Values<Of extends Fields> = { [Property in keyof Of]: ValueOf<Of[Property]> };

const fieldOf =
  <Value>(kind: keyof typeof kinds) =>
  <Narrow extends Value = Value>(column: string): ColumnField<Narrow> => ({
    kind,
    column,
    isNullable: false,
  });

export const uuid = fieldOf<string>('uuid');
export const text = fieldOf<string>('text');
export const texts = fieldOf<readonly string[]>('texts');
export const integer = fieldOf<number>('integer');
export const integers = fieldOf<readonly number[]>('integers');
export const bigint = fieldOf<number>('bigint');
export const boolean = fieldOf<boolean>('boolean');
export const date = fieldOf<string>('date');
export const instant = fieldOf<number>('instant');
export const bytes = fieldOf<string>('bytes');

/** The first of the fields must not be nullable: SQL tells by it whether the object is there. */
export function group<Of extends Fields>(fields: Of): GroupField<Values<Of>> {
  return { kind: 'group', fields, isNullable: false };
}

export function nullable<Value>(field: Field<Value>): Field<Value | null> {
  return { ...field, isNullable: true };
}

/** How the rows of one table are loaded and written; `Row` is the plain value. */
export class RowCodec<Of extends Fields> {
  constructor(
    readonly table: string,
    readonly fields: Of,
  ) {}

  /** The same rows without some properties. */
  without<Property extends keyof Of>(...properties: Property[]): RowCodec<Omit<Of, Property>> {
    const left = Object.entries(this.fields).filter(
      ([property]) => !(properties as readonly PropertyKey[]).includes(property),
    );
    return new RowCodec(this.table, Object.fromEntries(left) as unknown as Omit<Of, Property>);
  }

  /** The same rows with these properties alone. */
  only<Property extends keyof Of>(...properties: Property[]): RowCodec<Pick<Of, Property>> {
    const left = properties.map((property) => [property, this.fields[property]] as const);
    return new RowCodec(this.table, Object.fromEntries(left) as unknown as Pick<Of, Property>);
  }

  /** The columns, without the account's. */
  get columns(): readonly string[] {
    return this.storedColumns.map(({ column }) => column);
  }

  /** For reads of features. Conditions name the columns. */
  get shape(): RowShape<Values<Of>> {
    return { table: this.table, columns: {}, select: this.select('row') };
  }

  /** SQL for the arguments of `json_build_object`, read from `row`, an alias of the table. */
  pairs(row: string): string {
    return pairsOf(this.fields, row);
  }

  /** SQL for the row as a JSON object. */
  json(row: string): string {
    return `json_build_object(${this.pairs(row)})`;
  }

  /** SQL for a select list that names each value by its property. */
  select(row: string): string {
    return Object.entries(this.fields)
      .map(([property, field]) => `${readOf(field, row)} as "${property}"`)
      .join(', ');
  }

  /** SQL for rows that were given as `json`, a JSON list of plain values; it has the table's columns. */
  given(json: string): string {
    const columns = this.storedColumns.map(({ column, value }) => `${value} as ${column}`);
    return `select ${columns.join(', ')} from ${this.givenIn(json)}`;
  }

  /** SQL of an item of `from`: the rows of `json`, with which `values` are computed. */
  givenIn(json: string): string {
    const types = Object.entries(this.fields).map(
      ([property, field]) => `"${property}" ${typeOf(field)}`,
    );
    return `json_to_recordset(${json}::json) as given (${types.join(', ')})`;
  }

  /** SQL for the value of each of `columns`, from a row of `givenIn`. */
  get values(): readonly string[] {
    return this.storedColumns.map(({ value }) => value);
  }

  private get storedColumns(): StoredColumn[] {
    return Object.entries(this.fields).flatMap(([property, field]) =>
      storedOf(field, `given."${property}"`),
    );
  }
}

/** The plain value of a codec's rows. */
export type RowOf<Codec> = Codec extends RowCodec<infer Of> ? Values<Of> : never;

interface StoredColumn {
  column: string;
  /** SQL. */
  value: string;
}

function pairsOf(fields: Fields, row: string): string {
  return Object.entries(fields)
    .map(([property, field]) => `'${property}', ${readOf(field, row)}`)
    .join(', ');
}

function readOf(field: Field<unknown>, row: string): string {
  if (field.kind !== 'group') {
    const { read }: Kind = kinds[field.kind];
    const column = `${row}.${field.column}`;
    return read ? read(column) : column;
  }
  const object = `json_build_object(${pairsOf(field.fields, row)})`;
  if (!field.isNullable) return object;
  return `case when ${row}.${markOf(field)} is not null then ${object} end`;
}

function markOf({ fields }: GroupField<unknown>): string {
  const [first] = Object.values(fields);
  if (!first || first.kind === 'group' || first.isNullable) {
    throw new Error('A group that may be null begins with a column that is not nullable in it.');
  }
  return first.column;
}

function storedOf(field: Field<unknown>, given: string): StoredColumn[] {
  if (field.kind !== 'group') {
    const { write }: Kind = kinds[field.kind];
    return [{ column: field.column, value: write ? write(given) : given }];
  }
  return Object.entries(field.fields).flatMap(([property, inner]) => {
    const value =
      inner.kind === 'group'
        ? `(${given} -> '${property}')`
        : `(${given} ->> '${property}')::${typeOf(inner)}`;
    return storedOf(inner, value);
  });
}

function typeOf(field: Field<unknown>): string {
  return field.kind === 'group' ? 'json' : kinds[field.kind].type;
}
