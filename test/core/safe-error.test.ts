import { GraphQLError } from 'graphql';
import { Client } from 'pg';
import { QueryFailedError } from 'typeorm';
import { createLog } from '../../src/core/log';
import { failureText, safeError } from '../../src/core/safe-error';
import { testServerUrl } from '../support/desk/database';
import { DomainError } from '../../src/core/domain-error';

/** Stands wherever a value may stand. */
const value = 'ada.secret@desk.example';

/** As the driver makes them. */
function ofDatabase(code: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), {
    ...{ code, severity: 'ERROR', file: 'x.c', line: '7', routine: 'check' },
    ...{ detail: `Key (email)=(${value}) already exists.`, hint: `Perhaps "${value}".` },
    ...{ where: `COPY agents, line 1: "${value}"`, internalQuery: `select '${value}'` },
    ...more,
  });
}

const failed = (driverError: Error) =>
  new QueryFailedError(
    `insert into agents values ($1, '${value}')`,
    [value, { value }],
    driverError,
  );

const unique = ofDatabase(
  '23505',
  'duplicate key value violates unique constraint "agents_email"',
  {
    constraint: 'agents_email',
    table: 'agents',
  },
);

const cases: [kind: string, error: unknown, kept: object][] = [
  [
    'a key that is in use',
    failed(unique),
    { type: 'QueryFailedError', constraint: 'agents_email' },
  ],
  [
    'the driver’s own',
    unique,
    { code: '23505', message: expect.stringContaining('"agents_email"') },
  ],
  [
    'a value of the wrong form',
    failed(ofDatabase('22P02', `invalid input syntax for type uuid: "${value}"`)),
    { code: '22P02', message: 'invalid input syntax for type uuid: …' },
  ],
  [
    'a value that is not quoted',
    ofDatabase('22021', `invalid byte sequence for encoding "UTF8": ${value}`),
    { message: 'invalid byte sequence for encoding "…": …' },
  ],
  [
    'a number out of range',
    ofDatabase('22003', `value "${value}" is out of range for type integer`),
    { message: 'value "…" is out of range for type integer' },
  ],
  ['text near a fault', ofDatabase('42601', `syntax error at or near "${value}"`), {}],
  ['a value with a quotation mark', ofDatabase('22P02', `bad: "a"${value}"`), {}],
  [
    'a table that is away',
    ofDatabase('42P01', 'relation "accounts" does not exist'),
    { message: 'relation "accounts" does not exist' },
  ],
  [
    'a name that does not exist',
    ofDatabase('42P01', `relation "${value}" does not exist`),
    { message: 'relation "…" does not exist' },
  ],
  [
    'a cause',
    new Error('The batch failed.', { cause: failed(unique) }),
    {
      message: 'The batch failed.',
      cause: { type: 'QueryFailedError', cause: { code: '23505' } },
    },
  ],
  [
    'many at once',
    new AggregateError([unique, failed(unique)], `All of "${value}"`),
    {
      type: 'AggregateError',
      errors: [{ code: '23505' }, { type: 'QueryFailedError' }],
    },
  ],
  ['a cause that goes round', withItselfAsCause(), { type: 'Error' }],
  ['JSON', errorOf(() => JSON.parse(`${value} and more`)), { type: 'SyntaxError' }],
  ['JSON within', errorOf(() => JSON.parse(`{"a": ${value}}`)), { type: 'SyntaxError' }],
  [
    'a zone',
    errorOf(() => new Intl.DateTimeFormat('en', { timeZone: value })),
    { type: 'RangeError' },
  ],
  ['a big number', errorOf(() => BigInt(value)), { type: 'SyntaxError' }],
  ['a search', errorOf(() => 'a' in (value as never)), { type: 'TypeError' }],
  [
    'a property',
    errorOf(() => ((value as never as { a: { b: 1 } }).a.b = 1)),
    {
      message: expect.stringContaining("(setting 'b')"),
    },
  ],
  ['an address', errorOf(() => new URL(value)), { code: 'ERR_INVALID_URL' }],
  ['an argument', errorOf(() => Buffer.alloc(value as never)), { code: 'ERR_INVALID_ARG_TYPE' }],
  [
    'GraphQL',
    new GraphQLError(`Variable "$i" got invalid value "${value}"; Int cannot: ${value}`),
    {},
  ],
  ['mail', mailError(), { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }],
  ['a password', new Error(`cannot reach postgresql://daypass:${value}:5432/x`), {}],
  ['a text', `thrown: ${value}`, { message: 'A value that is not an Error was thrown.' }],
  ['an object', { message: `of "${value}"`, parameters: [value] }, { message: 'of "…"' }],
  ['a name of its own', Object.assign(new Error('no'), { name: `"${value}"`, code: value }), {}],
  ['a message that changed', changed(), {}],
  ['a refusal', new DomainError('NOT_FOUND', 'There is nothing here.'), { code: 'NOT_FOUND' }],
  [
    'a connection',
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {
      ...{ code: 'ECONNREFUSED', syscall: 'connect', errno: -111, port: 5432 },
    }),
    { message: 'connect ECONNREFUSED 127.0.0.1:5432', port: 5432, syscall: 'connect' },
  ],
];

function withItselfAsCause(): Error {
  const error = new Error('It goes round.');
  error.cause = error;
  return error;
}

function errorOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

function mailError(): Error {
  const response = `550 5.1.1 <${value}> is unknown`;
  return Object.assign(new Error(`Can't send mail - all recipients were rejected: ${response}`), {
    ...{ code: 'EENVELOPE', response, responseCode: 550, command: 'RCPT TO' },
    ...{ rejected: [value], rejectedErrors: [new Error(response)] },
  });
}

function changed(): Error {
  const error = new Error(`first "${value}"\n    and ${value}`);
  // The stack keeps what the message was.
  void error.stack;
  error.message = 'second';
  return error;
}

test.each(cases)('%s leaves no value in what is logged', (_, error, kept) => {
  const safe = safeError(error);
  expect(safe).toMatchObject(kept);
  const text = JSON.stringify(safe);
  for (const part of [
    'secret',
    'desk.example',
    'insert into',
    'COPY',
    'Perhaps',
    'already exists',
  ]) {
    expect(text).not.toContain(part);
  }
});

test('the frames of a stack are kept, as they say where to look', () => {
  expect(safeError(failed(unique)).stack).toMatch(/^at .*safe-error\.test\.ts:\d+/);
});

test.each(cases)('%s leaves no value in a line of the log, under whatever name', (_, error) => {
  let lines = '';
  const log = createLog({ logLevel: 'trace' }, { write: (line) => void (lines += line) });
  const child = log.child(
    { requestId: 'r' },
    { serializers: { req: (request: object) => request } },
  );
  for (const one of [log, child]) {
    if (error instanceof Error) {
      one.error(error);
      one.error(error, error.message);
      one.error({ err: error }, error.message);
      one.error({ err: error });
      one.warn(`a library says: ${error.message.includes('"') ? error.message : `"${value}"`}`);
      for (const name of ['err', 'error', 'reason', 'thrown'])
        one.warn({ [name]: error }, 'it failed');
    }
    one.info({ req: { method: 'GET', url: `/graphql?query=${value}` } }, 'asked');
  }
  expect(lines.split('\n').length).toBeGreaterThan(2);
  for (const part of ['secret', 'insert into', 'COPY', 'Perhaps', 'already exists']) {
    expect(lines).not.toContain(part);
  }
});

test('the command line prints our own sentences as they are, and of PostgreSQL no values', () => {
  expect(failureText(new Error('There is no account "acme".'))).toBe('There is no account "acme".');
  expect(failureText(failed(unique))).toBe(
    'PostgreSQL: duplicate key value violates unique constraint "agents_email"',
  );
  expect(failureText(ofDatabase('22P02', `invalid input syntax for type uuid: "${value}"`))).toBe(
    'PostgreSQL: invalid input syntax for type uuid: …',
  );
});

test('what PostgreSQL really says of values is not in the log', async () => {
  const client = new Client(await testServerUrl());
  await client.connect();
  await client.query(
    `create temporary table kept (id uuid, email text unique, kind smallint check (kind < 5))`,
  );
  await client.query('insert into kept (email) values ($1)', [value]);
  const statements: [sql: string, values: unknown[]][] = [
    ['insert into kept (email) values ($1)', [value]],
    ['insert into kept (id) values ($1)', [value]],
    ['select $1::timestamptz', [value]],
    ['select $1::json', [`{"a": ${value}}`]],
    ['select $1::int[]', [`{${value}}`]],
    ['select $1::inet', [value]],
    ['select $1::interval', [value]],
    ['select $1::bool', [value]],
    [`select now() at time zone $1`, [value]],
    ['insert into kept (email, kind) values ($1, 7)', [`other.${value}`]],
    [`select '${value}'::numeric`, []],
    [`select "${value}" from kept`, []],
    [`select * from "${value}"`, []],
    [`do $$ begin raise exception 'no %', 'secret'; end $$`, []],
  ];
  for (const [sql, values] of statements) {
    const error: unknown = await client.query(sql, values).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    const text = JSON.stringify(safeError(error));
    expect({ sql, text, has: /secret|desk\.example/.test(text) }).toMatchObject({ has: false });
    expect(failureText(error)).not.toContain('secret');
  }
  await client.end();
});
