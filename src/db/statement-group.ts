import { Query, type ClientBase, type Connection, type QueryResult } from 'pg';
import { prepareValue } from 'pg/lib/utils';

/** A statement that connections keep under its name. */
export interface NamedStatement {
  name: string;
  text: string;
  values?: unknown[];
  /** Whether its rows are needed. */
  hasRows?: boolean;
}

/** What the driver's connection has, beside what its types say. */
interface GroupConnection extends Connection {
  /** The texts that this connection has prepared, by their names. */
  parsedStatements: Readonly<Record<string, string>>;
}

/**
 * Statements that a connection has prepared, as one message that PostgreSQL answers once. The driver
 * would end each statement with a Sync, and PostgreSQL then sends each answer separately: a batch of
 * one consumption has ten statements, and each answer wakes this process.
 *
 * After a statement that failed, PostgreSQL runs none of the statements behind it.
 */
export class StatementGroup extends Query {
  constructor(
    private readonly statements: readonly NamedStatement[],
    answered: (error: Error | undefined, results: readonly QueryResult[]) => void,
  ) {
    super({ text: '' }, undefined, (error, results) =>
      answered(error, Array.isArray(results) ? results : [results]),
    );
  }

  /** Called by the driver. It takes a method for a property, so its types want one. */
  override submit = (connection: Connection): void => {
    const { stream } = connection;
    stream.cork();
    try {
      for (const { name, values = [], hasRows = false } of this.statements) {
        connection.bind({ statement: name, values: values.map(prepareValue) }, true);
        if (hasRows) connection.describe({ type: 'P' }, true);
        connection.execute(null, true);
      }
      connection.sync();
    } finally {
      stream.uncork();
    }
  };
}

/** Whether the connection has prepared all of the statements. */
export function knowsAll(client: ClientBase, statements: readonly NamedStatement[]): boolean {
  const { parsedStatements } = (client as unknown as { connection: GroupConnection }).connection;
  return statements.every(({ name, text }) => parsedStatements[name] === text);
}
