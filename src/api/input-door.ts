import {
  defaultFieldResolver,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { DomainError } from '../core/domain-error';
import { composed, isStorable } from '../core/texts';

/** For `@Extensions`: the field reads its texts itself, and none of them reaches the database. */
export const acceptsAnyText = { acceptsAnyText: true };

type Resolve = GraphQLFieldResolver<unknown, unknown>;

/** Names: blanks around them mean nothing. */
const trimmed = /^(?:name|\w+Name|subject)$/;
/** Unchanged: two keys are the same only if their characters are. */
const untouched = 'idempotencyKey';

/**
 * Brings the texts of mutations into one form before any other code reads them: composed (NFC),
 * names and subjects without blanks around them. So the same word is always the same text.
 */
export function tidyMutationTexts(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve: Resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (root, args, context, info) =>
      resolve(root, tidied(args, '') as typeof args, context, info);
  }
}

function tidied(value: unknown, name: string): unknown {
  if (typeof value === 'string') {
    if (name === untouched) return value;
    const text = composed(value);
    return trimmed.test(name) ? withoutBlanks(text) : text;
  }
  if (Array.isArray(value)) return value.map((item) => tidied(item, name));
  if (!isInputObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, tidied(part, key)]));
}

/** A line break is not a blank: a name with a line break anywhere is refused. */
const blanks = new Set([' ', '\t', '\u00a0', '\u3000']);

/**
 * By counting, because a pattern for the end of a text reads each run of blanks again and again.
 */
function withoutBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && blanks.has(text[from]!)) from += 1;
  while (to > from && blanks.has(text[to - 1]!)) to -= 1;
  return text.slice(from, to);
}

/**
 * The form in which graphql-js gives an input object; the value of a scalar may be any other
 * object.
 */
function isInputObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/**
 * Refuses arguments with a text that PostgreSQL cannot hold (U+0000, half of a surrogate pair), in
 * every field of every type, at every door: BAD_USER_INPUT in place of an error of the database.
 * Mutations are left out: there it is one field of the input that is refused, by `refuseTexts`.
 */
export function refuseUnstorableArguments(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type === schema.getMutationType()) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length === 0 || field.extensions.acceptsAnyText) continue;
      field.resolve = checked(field.resolve ?? defaultFieldResolver);
      if (field.subscribe) field.subscribe = checked(field.subscribe);
    }
  }
}

function checked(resolve: Resolve): Resolve {
  return (root, args, context, info) => {
    refuseUnstorable(args);
    return resolve(root, args, context, info);
  };
}

function refuseUnstorable(value: unknown): void {
  if (typeof value === 'string') {
    if (isStorable(value)) return;
    throw new DomainError(
      'BAD_USER_INPUT',
      'A text contains U+0000 or half of a surrogate pair. Remove it.',
    );
  }
  if (typeof value !== 'object' || value === null) return;
  for (const part of Object.values(value)) refuseUnstorable(part);
}
