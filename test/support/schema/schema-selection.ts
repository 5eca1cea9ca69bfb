import {
  getNamedType,
  isAbstractType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** Values that are never the same twice, for any query. */
const volatile = ['now', 'journalCursor', 'nextMidnight'];

/** Whether a type only gives a list or an answer its structure. */
export const isStructure = ({ name }: GraphQLNamedType) =>
  /(?:Connection|Edge|PageInfo)$/.test(name);

/** The object types that a field may answer. */
export function objectTypesOf(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
): readonly GraphQLObjectType[] {
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}

export function needsArguments(field: GraphQLField<unknown, unknown>): boolean {
  return field.args.some(
    ({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined,
  );
}

/**
 * Everything that can be read of a type without arguments, and of the types it leads to, so many
 * steps deep. A list of a list is left out: the address of a GET request is limited.
 */
export function everythingOf(schema: GraphQLSchema, type: GraphQLNamedType, depth = 1): string {
  if (isLeafType(type)) return '';
  const isAbstract = isAbstractType(type);
  const parts = objectTypesOf(schema, type).map((object, at) => {
    // Short, because all of it must fit into the address of a GET request.
    const prefix = isAbstract ? `k${at}_` : '';
    const fields = Object.values(object.getFields()).flatMap((field) =>
      volatile.includes(field.name) || needsArguments(field)
        ? []
        : partOf(schema, object, field, { depth, prefix }),
    );
    return isAbstract ? `... on ${object.name} { ${fields.join(' ')} }` : fields.join(' ');
  });
  return `{ __typename ${parts.join(' ')} }`;
}

/** One field; under an alias if kinds of a type have fields of one name and several types. */
function partOf(
  schema: GraphQLSchema,
  object: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  { depth, prefix }: { depth: number; prefix: string },
): string[] {
  const type = getNamedType(field.type);
  const name = prefix ? `${prefix}${field.name}: ${field.name}` : field.name;
  if (isLeafType(type)) return [name];
  const isInList = isStructure(object);
  if (isStructure(type) && !isInList) return [];
  const left = isInList ? depth : depth - 1;
  return left < 0 ? [] : [`${name} ${everythingOf(schema, type, left)}`];
}
