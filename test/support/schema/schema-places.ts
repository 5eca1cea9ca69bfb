import {
  getNamedType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { AskedOperation } from './walked-doors';
import { valuesOf, type OwnValues } from './schema-inputs';
import { everythingOf, needsArguments } from './schema-selection';

/** A field with arguments, and how an operation comes to it. */
export interface Place {
  operation: AskedOperation['type'];
  /** E.g. `Query.tickets`. */
  owner: string;
  field: GraphQLField<unknown, unknown>;
  /** The operation's text around the field; `idOf` answers an id of an object of a type. */
  open(inner: string, idOf: (type: string) => string): string;
}

export const rootsOf = (schema: GraphQLSchema) =>
  [
    ['query', schema.getQueryType()!],
    ['mutation', schema.getMutationType()!],
    ['subscription', schema.getSubscriptionType()!],
  ] as const;

/** Every field of the schema with arguments, at its root or on any object. */
export function placesOf(schema: GraphQLSchema): Place[] {
  const roots = rootsOf(schema);
  const atRoots = roots.flatMap(([operation, root]) =>
    Object.values(root.getFields()).map((field) => {
      const owner = `${root.name}.${field.name}`;
      return { operation, owner, field, open: (inner: string) => inner };
    }),
  );
  const nested = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__') && !roots.some(([, root]) => root === type)
      ? Object.values(type.getFields()).map((field) => nestedPlace(schema, type, field))
      : [],
  );
  return [...atRoots, ...nested].filter(({ field }) => field.args.length > 0);
}

/** How one comes to what only fields with arguments answer. */
const ways: Readonly<Record<string, string>> = { Zone: 'zone(name: "Europe/Berlin")' };

/** A field of an object: of a node found by its id, or of what a field of the root answers. */
function nestedPlace(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
): Place {
  const isNode = type.getInterfaces().some(({ name }) => name === 'Node');
  const root = Object.values(schema.getQueryType()!.getFields()).find(
    (one) => getNamedType(one.type) === type && !needsArguments(one),
  );
  return {
    operation: 'query',
    owner: `${type.name}.${field.name}`,
    field,
    open(inner, idOf) {
      if (isNode) return `node(id: "${idOf(type.name)}") { ... on ${type.name} { ${inner} } }`;
      if (root) return `${root.name} { ${inner} }`;
      if (type.name in ways) return `${ways[type.name]} { ${inner} }`;
      throw new Error(
        `Say in test/support/schema/schema-places.ts by which field of the root one comes to ${type.name}.`,
      );
    },
  };
}

/**
 * The operation that passes one value to a field (none, if the path is empty) and its required
 * arguments.
 */
export function operationOf(
  schema: GraphQLSchema,
  { operation, owner, field, open }: Place,
  given: {
    path: readonly string[];
    value?: unknown;
    own: OwnValues;
    /** Left out: all that can be read there. */
    selection?: string;
  },
): AskedOperation {
  const { path, value, own } = given;
  const selection = given.selection ?? everythingOf(schema, getNamedType(field.type));
  const variables = valuesOf(schema, field.args, own, { owner, path, value });
  const args = field.args.filter(({ name }) => name in variables);
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const inner = `${field.name}${passed && `(${passed})`} ${selection}`;
  return {
    type: operation,
    text: `${operation} ${declared && `(${declared})`} { ${open(inner, own.id)} }`,
    variables,
  };
}
