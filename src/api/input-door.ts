import {
  defaultFieldResolver,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { DomainError } from '../core/domain-error';
import { isStorable } from '../core/texts';

type Resolve = GraphQLFieldResolver<unknown, unknown>;

/**
 * Refuses arguments with a text that PostgreSQL cannot hold (U+0000, half of a surrogate pair), in
 * every field of every type, at every door: BAD_USER_INPUT in place of an error of the database.
 * Mutations are left out: there it is one field of the input that is refused, by `refuseTexts`.
 */
export function refuseUnstorableArguments(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type === schema.getMutationType()) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length === 0) continue;
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
    throw new DomainError('BAD_USER_INPUT', 'A text holds U+0000 or half of a surrogate pair.');
  }
  if (typeof value !== 'object' || value === null) return;
  for (const part of Object.values(value)) refuseUnstorable(part);
}
