import {
  getArgumentValues,
  GraphQLID,
  GraphQLString,
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type ResponsePath,
} from 'graphql';

/** The document has something that no plan covers. It always has, so it is not tried again. */
export class NotCovered extends Error {}

/** A value below the root is a promise. Another time it may be at hand. */
export class NotAtHand extends Error {}

/** A value that graphql-js has to answer: an error, or a null that may not be there. */
class NotPlain extends Error {}

/** What one execution needs everywhere. */
export interface Run {
  context: unknown;
  shared: Pick<
    GraphQLResolveInfo,
    'schema' | 'fragments' | 'rootValue' | 'operation' | 'variableValues'
  >;
}

/** A value in the form of the answer. `path` is that of the value. */
export type Complete = (value: unknown, run: Run, path: ResponsePath | undefined) => unknown;

/** A field of a plan. */
export interface CompiledField {
  key: string;
  nodes: readonly FieldNode[];
  definition: GraphQLField<unknown, unknown>;
  parent: GraphQLObjectType;
  /** Null: a property of the object. */
  resolve: GraphQLFieldResolver<unknown, unknown> | null;
  complete: Complete;
  isLeaf: boolean;
}

export function valueOf(
  field: CompiledField,
  source: unknown,
  run: Run,
  path: ResponsePath | undefined,
): unknown {
  const { resolve, definition } = field;
  if (resolve === null) {
    const property = (source as Record<string, unknown> | undefined)?.[definition.name];
    if (typeof property !== 'function') return property;
  }
  const args =
    definition.args.length === 0
      ? {}
      : getArgumentValues(definition, field.nodes[0]!, run.shared.variableValues);
  const own = { prev: path, key: field.key, typename: field.parent.name };
  const info = infoOf(field, run, own);
  if (resolve) return resolve(source, args, run.context, info);
  const object = source as Record<string, (...given: unknown[]) => unknown>;
  return object[definition.name]!(args, run.context, info);
}

/** `path`: that of the field, or of a value in its list. */
export function infoOf(
  { definition, nodes, parent }: Omit<CompiledField, 'complete'>,
  { shared }: Run,
  path: ResponsePath | undefined,
): GraphQLResolveInfo {
  let own = path;
  while (typeof own?.key === 'number') own = own.prev;
  return {
    fieldName: definition.name,
    fieldNodes: nodes,
    returnType: definition.type,
    parentType: parent,
    path: own!,
    schema: shared.schema,
    fragments: shared.fragments,
    rootValue: shared.rootValue,
    operation: shared.operation,
    variableValues: shared.variableValues,
  };
}

export function listOf(
  value: unknown,
  complete: Complete,
  run: Run,
  path: ResponsePath | undefined,
): unknown[] {
  if (!Array.isArray(value)) {
    atHand(value);
    return fail();
  }
  const completed = new Array<unknown>(value.length);
  for (let at = 0; at < value.length; at += 1) {
    completed[at] = complete(value[at], run, { prev: path, key: at, typename: undefined });
  }
  return completed;
}

export function leafOf(type: GraphQLLeafType): Complete {
  const isText = type === GraphQLString || type === GraphQLID;
  return (value) => {
    if (isText && typeof value === 'string') return value;
    if (value == null) return null;
    atHand(value);
    return type.serialize(value) ?? fail();
  };
}

export function atHand(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (typeof (value as PromiseLike<unknown>).then === 'function') {
    // It is asked for again; a rejection of this one has no other reader.
    (value as PromiseLike<unknown>).then(undefined, () => {});
    throw new NotAtHand();
  }
  if (value instanceof Error) fail();
}

export function fail(): never {
  throw new NotPlain();
}
