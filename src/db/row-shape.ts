import type { EntityMetadata } from 'typeorm';

/** What is read of the rows of one table. */
export interface RowShape<Row extends object> {
  table: string;
  /** The columns by the properties that conditions and orders name. */
  columns: Readonly<Record<string, string>>;
  /** SQL over the alias `row`: each value under the name of its property. */
  select: string;
  /** For the type checker only: no shape has it. */
  row?: Row;
}

const shapes = new WeakMap<object, RowShape<never>>();

/** All columns of a table. */
export function shapeOf<Row extends object>(metadata: EntityMetadata): RowShape<Row> {
  let shape = shapes.get(metadata) as RowShape<Row> | undefined;
  if (!shape) {
    const { tableName, columns } = metadata;
    shape = {
      table: tableName,
      columns: Object.fromEntries(columns.map((one) => [one.propertyName, one.databaseName])),
      select: columns
        .map(({ databaseName: column, propertyName, type }) => {
          // The driver would make a local midnight of it.
          const value = type === 'date' ? `to_char(row.${column}, 'YYYY-MM-DD')` : `row.${column}`;
          return `${value} as "${propertyName}"`;
        })
        .join(', '),
    };
    shapes.set(metadata, shape as RowShape<never>);
  }
  return shape;
}
