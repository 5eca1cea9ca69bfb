import {
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { AskedOperation } from './walked-doors';
import { rootsOf } from './schema-places';
import { isStructure, needsArguments, objectTypesOf } from './schema-selection';

/** A way through the graph from a field of a root to an object of one type. */
export interface Path {
  operation: AskedOperation['type'];
  /** Such as `query viewer > Viewer.agent > Agent`. */
  name: string;
  /** How the root's field is asked. */
  given: string;
  type: GraphQLObjectType;
  /** Fields that were gone through; an edge and its list are one with what they lead to. */
  length: number;
  /** The root's field with `inner` selected at the path's end. */
  text(inner: string): string;
}

/** Each way of asking a field of a root: the arguments as they are written, brackets included. */
export type RootArguments = (
  root: GraphQLField<unknown, unknown>,
  operation: AskedOperation['type'],
) => string[];

/** The paths that go through one field, a root's. */
export function firstPaths(schema: GraphQLSchema, argumentsOf: RootArguments): Path[] {
  return rootsOf(schema).flatMap(([operation, root]) =>
    Object.values(root.getFields()).flatMap((field) =>
      argumentsOf(field, operation).flatMap((given) =>
        objectTypesOf(schema, getNamedType(field.type)).map((type) => ({
          operation,
          name: `${operation} ${field.name} > ${type.name}`,
          given,
          type,
          length: isStructure(type) ? 0 : 1,
          text: (inner: string) => `${field.name}${given} { ... on ${type.name} { ${inner} } }`,
        })),
      ),
    ),
  );
}

/** The paths that are one field longer, by all fields that need no arguments. */
export function nextPaths(schema: GraphQLSchema, path: Path): Path[] {
  return Object.values(path.type.getFields()).flatMap((field) =>
    needsArguments(field)
      ? []
      : objectTypesOf(schema, getNamedType(field.type)).map((type) => ({
          operation: path.operation,
          given: path.given,
          name: `${path.name}.${field.name} > ${type.name}`,
          type,
          length: path.length + (isStructure(type) ? 0 : 1),
          text: (inner: string) => path.text(`${field.name} { ... on ${type.name} { ${inner} } }`),
        })),
  );
}

const behind = new Map<string, number>();

/** How many paths continue from a path's end, up to a length. */
export function pathsBehind(schema: GraphQLSchema, path: Path, longest: number): number {
  const key = `${path.type.name} ${longest - path.length}`;
  const known = behind.get(key);
  if (known !== undefined) return known;
  const next = nextPaths(schema, path).filter(({ length }) => length <= longest);
  const count = next.reduce((sum, one) => sum + 1 + pathsBehind(schema, one, longest), 0);
  behind.set(key, count);
  return count;
}

/** An object in an answer whose type was selected. */
export interface Found {
  type: string;
  id: string | null;
}

/** The objects at a path's end, in what was answered for it. */
export function foundIn(value: unknown): Found[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.values(value).flatMap(foundIn);
  const { __typename: type, id = null } = value as { __typename?: string; id?: string };
  return type ? [{ type, id }, ...found] : found;
}

/** What to ask for at a path's end. */
export const endOf = ({ type }: Path) =>
  'id' in type.getFields() ? '__typename id' : '__typename';
