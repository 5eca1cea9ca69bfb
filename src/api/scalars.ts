import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { DateTime } from 'luxon';
import { isCalendarDate } from '../time/calendar';
import { findZone } from '../time/zone-database';

/** Date and time, each part within its range; luxon checks whether the month has that day. */
const isoInstant =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-3])(:?[0-5]\d)?|[+-]14(:?00)?)$/;

/** An instant; in the code a number of milliseconds since 1970. */
export const DateTimeScalar = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  description:
    'An exact instant: ISO 8601 in UTC with milliseconds, e.g. 2026-11-23T23:00:00.000Z. An input may have any offset of up to 14 hours.',
  serialize(value) {
    if (value instanceof Date) return value.toISOString();
    if (typeof value === 'number') return new Date(value).toISOString();
    throw new GraphQLError('The service produced a value that is not an instant.');
  },
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : null),
});

function parseInstant(value: unknown): number {
  const parsed =
    typeof value === 'string' && isoInstant.test(value) ? DateTime.fromISO(value) : null;
  if (!parsed?.isValid) {
    throw new GraphQLError(
      'DateTime must be an ISO 8601 instant with an offset or Z, e.g. 2026-11-23T23:00:00Z.',
    );
  }
  return parsed.toMillis();
}

/** A zone; in the code its IANA name. */
export const TimeZoneScalar = new GraphQLScalarType<string, string>({
  name: 'TimeZone',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc6557',
  description:
    'An IANA time zone name, e.g. America/Santiago. As input, the names of Rails ("Eastern Time (US & Canada)") and of Windows ("W. Europe Standard Time") are accepted too and are stored as IANA names.',
  serialize: (value) => String(value),
  parseValue: parseZone,
  parseLiteral: (node) => parseZone(node.kind === Kind.STRING ? node.value : null),
});

function parseZone(value: unknown): string {
  const zone = typeof value === 'string' ? findZone(value) : null;
  if (!zone)
    throw new GraphQLError(
      'TimeZone must be a time zone name of IANA, Rails or Windows, e.g. Europe/Berlin.',
    );
  return zone;
}

/** A calendar date; in the code its ISO text. */
export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/local-date.html',
  description: 'A calendar date without a zone, e.g. 2026-11-23.',
  serialize: (value) => String(value),
  parseValue: parseDate,
  parseLiteral: (node) => parseDate(node.kind === Kind.STRING ? node.value : null),
});

function parseDate(value: unknown): string {
  if (typeof value === 'string' && isCalendarDate(value)) return value;
  throw new GraphQLError('Date must be a calendar date such as 2026-11-23.');
}
