import { Field, ID, InterfaceType } from 'type-graphql';
import { DomainError } from '../core/domain-error';
import { isId } from '../core/ids';

@InterfaceType({
  description: 'An object with an id. `node` returns the object with this id.',
  resolveType: ({ id, typeName }: { id: string; typeName?: string }) =>
    typeName ?? parseNodeId(id).type,
})
export abstract class Node {
  @Field(() => ID, { description: 'An opaque id, unique across all types.' })
  id!: string;
}

/** The public, opaque id of a row: it names its type, so that `node` knows where to look. */
export function nodeId(type: string, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}

/** The row of a public id. Throws BAD_USER_INPUT for a text that the service never issued. */
export function parseNodeId(text: string): NamedRow {
  const named = readNodeId(text);
  if (named) return named;
  throw new DomainError(
    'BAD_USER_INPUT',
    'This is not an id of this service. Pass an id exactly as the service returned it.',
  );
}

/** The row of a public id; null for a text that the service never issued. */
export function readNodeId(text: string): NamedRow | null {
  const [, type, id] = /^([A-Za-z]{1,40}):(.{1,60})$/.exec(decode(text)) ?? [];
  return type && id && isId(id) && nodeId(type, id) === text ? { type, id } : null;
}

interface NamedRow {
  type: string;
  id: string;
}

/**
 * The row id in an optional public id of one type. An id of another type counts as an id without a
 * row. Throws BAD_USER_INPUT for a text that the service never issued.
 */
export function rowIdOrNone(type: string, text: string): string;
export function rowIdOrNone(type: string, text: string | null | undefined): string | null;
export function rowIdOrNone(type: string, text: string | null | undefined): string | null {
  if (text == null) return null;
  const parsed = parseNodeId(text);
  return parsed.type === type ? parsed.id : noRow;
}

/** The id of no row: our ids contain a version and a time. */
const noRow = '00000000-0000-0000-0000-000000000000';

function decode(text: string): string {
  return text.length <= 150 ? Buffer.from(text, 'base64url').toString('utf8') : '';
}
