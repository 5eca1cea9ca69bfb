/**
 * Errors quote values: PostgreSQL names the row that a key refused, the driver adds a statement's
 * parameters, a parser prints what it could not read. A log has other readers than the database, so an
 * error is written there by its kind and its place alone.
 */
export interface SafeError {
  type: string;
  message: string;
  /** The place of an error: the frames of the stack, without the message at its beginning. */
  stack?: string;
  cause?: SafeError;
  /** The parts of an AggregateError. */
  errors?: SafeError[];
  /** Names and numbers of the list below; none of them is a value. */
  [name: string]: unknown;
}

/** Fields that name things of the schema, the system or our own closed lists. */
const plainFields = [
  ...['code', 'severity', 'schema', 'table', 'column', 'constraint', 'dataType', 'routine', 'line'],
  ...['errno', 'syscall', 'address', 'port', 'signal', 'statusCode', 'status', 'reason'],
  ...['retryAfterMs', 'command', 'responseCode'],
];
const fieldMax = 100;
/** Deeper than errors are wrapped in each other here, and short enough for a line. */
const depthMax = 4;
const partsMax = 8;
const framesMax = 20;
const messageMax = 500;

/** What was thrown, without any value of a statement or a request. */
export function safeError(thrown: unknown, depth = 0): SafeError {
  if (!isErrorLike(thrown))
    return { type: typeof thrown, message: 'A value that is not an Error was thrown.' };
  const type = typeOf(thrown);
  const safe: SafeError = { type, message: safeMessage(thrown) };
  for (const name of plainFields) {
    const value = (thrown as unknown as Record<string, unknown>)[name];
    if (typeof value === 'number') safe[name] = value;
    else if (typeof value === 'string' && isPlain(value)) safe[name] = value;
  }
  const stack = framesOf(thrown);
  if (stack) safe.stack = stack;
  if (depth === depthMax) return safe;
  const { cause, driverError, errors } = thrown as Error & {
    driverError?: unknown;
    errors?: unknown;
  };
  // TypeORM's QueryFailedError has what the driver threw, and copies its fields.
  const under = cause ?? driverError;
  if (under !== undefined && under !== thrown) safe.cause = safeError(under, depth + 1);
  if (Array.isArray(errors)) {
    safe.errors = errors.slice(0, partsMax).map((part: unknown) => safeError(part, depth + 1));
  }
  return safe;
}

/** The text of an error, with a mark instead of each quotation. */
export function safeMessage(thrown: unknown): string {
  if (!isErrorLike(thrown)) return 'A value that is not an Error was thrown.';
  const message = String(thrown.message).slice(0, messageMax);
  if (isOfDatabase(thrown)) return safeDatabaseMessage(message, codeOf(thrown));
  // V8's own errors end with the value that they could not use: `Invalid time zone specified: …`.
  if (quotingTypes.includes(typeOf(thrown))) return safeText(cutAfterColon(cutQuoting(message)));
  return safeText(message);
}

/** A text of a library, without quoted parts, addresses of people and passwords. */
export function safeText(text: string): string {
  return text
    .slice(0, messageMax)
    .replace(quoted, (_, kind: string | undefined, name: string | undefined) =>
      kind && name && isNameOfSchema.test(name) ? `${kind}"${name}"` : `${kind ?? ''}"…"`,
    )
    .replace(/[^\s<>"'(),;:=]+@[^\s<>"'(),;]+/g, '…@…');
}

/**
 * With the word before the quotation: names of the schema may stay, as in `relation "agents" does
 * not exist`.
 */
const quoted =
  /(\b(?:relation|table|column|constraint|index|schema|database|role|user|type|function|sequence|view) )?(?:"([^"]*)(?:"|$)|“[^”]*(?:”|$)|`[^`]*(?:`|$))/gi;
const isNameOfSchema = /^[a-z_][a-z0-9_]{0,62}$/;

/** What a person at the terminal reads of an error that ended a command. */
export function failureText(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return isOfDatabase(thrown) ? `PostgreSQL: ${safeMessage(thrown)}` : thrown.message;
}

const quotingTypes = ['SyntaxError', 'RangeError', 'TypeError', 'ZodError', 'GraphQLError'];
/** SQLSTATE class 22: the data itself is wrong, and the message ends in it. */
const dataException = '22';
/** Class P0: the message of a function of the database, which quotes nothing. */
const raised = 'P0';

function safeDatabaseMessage(message: string, code: string): string {
  if (code.startsWith(raised)) return 'A function of the database raised an error.';
  return safeText(code.startsWith(dataException) ? cutAfterColon(message) : message);
}

function cutAfterColon(message: string): string {
  const colon = message.indexOf(': ');
  return colon < 0 ? message : `${message.slice(0, colon)}: …`;
}

/** `Cannot use 'in' operator to search for 'x' in …`, `Cannot convert … to a BigInt`, `on string '…'`. */
function cutQuoting(message: string): string {
  return message
    .replace(/^(Cannot use 'in' operator to search for ).*$/s, '$1…')
    .replace(/^(Cannot convert ).*( to a BigInt)$/s, '$1…$2')
    .replace(/ on (string|number|bigint) '.*$/s, ' on $1 …')
    .replace(/\bReceived .*$/s, 'Received …');
}

/** Whether the error is from PostgreSQL: those have a SQLSTATE and a severity. */
function isOfDatabase(thrown: Error): boolean {
  const { severity, driverError, query } = thrown as Error & Record<string, unknown>;
  return typeof severity === 'string' || driverError !== undefined || query !== undefined;
}

function codeOf(thrown: Error): string {
  const { code } = thrown as Error & { code?: unknown };
  return typeof code === 'string' ? code : '';
}

function typeOf(thrown: Error): string {
  const name = thrown.name || (thrown.constructor as { name?: unknown } | undefined)?.name;
  return typeof name === 'string' && isPlain(name) ? name : 'Error';
}

/** A name or a short code: no quotation mark, no line, no address of a person. */
function isPlain(text: string): boolean {
  return text.length <= fieldMax && /^[\w .:/[\]%-]*$/.test(text);
}

/** The frames of a stack. A stack begins with the message, which may have several lines. */
function framesOf(thrown: Error): string {
  const { stack, message } = thrown;
  if (typeof stack !== 'string') return '';
  const at = stack.indexOf(String(message));
  const behind = at < 0 ? stack : stack.slice(at + String(message).length);
  const frames = behind.split('\n').filter((line) => /^ {4}at [^"]*$/.test(line));
  return frames
    .slice(0, framesMax)
    .map((line) => line.trim())
    .join('\n');
}

/** Errors of another realm, and of libraries that only look like one. */
function isErrorLike(thrown: unknown): thrown is Error {
  return (
    thrown instanceof Error ||
    (typeof thrown === 'object' && thrown !== null && typeof (thrown as Error).message === 'string')
  );
}
