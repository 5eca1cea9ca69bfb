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
import { placeOf } from '../../api/resolved-fields';

/** The document has something that no plan covers. It always has, so it is not tried again. */
export class NotCovered extends Error {}

/** A value that graphql-js has to answer: an error, or a null that may not be there. */
class NotPlain extends Error {}

/** What one execution needs everywhere. */
export interface Run {
  context: unknown;
  /** What resolvers have returned that graphql-js must not call again, by the text of their path. */
  resolved: Map<string, unknown>;
  /** Work that waits for promises. None of them rejects. */
  pending: Promise<void>[];
  /** What one of them threw. */
  failure: { thrown: unknown } | null;
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
  if (resolve) {
    const value = resolve(source, args, run.context, info);
    if (isPromise(value)) run.resolved.set(placeOf(own), value);
    return value;
  }
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

/** Sets the value of `key` in an answer: now, or when its promise resolves. */
export function setCompleted(
  answer: Record<string | number, unknown>,
  key: string | number,
  of: { value: unknown; complete: Complete; run: Run; path: ResponsePath | undefined },
): void {
  const { value, complete, run, path } = of;
  if (!isPromise(value)) {
    answer[key] = complete(value, run, path);
    return;
  }
  // Keeps the order of the fields.
  answer[key] = null;
  const completed = Promise.resolve(value).then((found) => {
    // After a failure, graphql-js calls the resolvers.
    if (!run.failure) answer[key] = complete(found, run, path);
  });
  run.pending.push(
    completed.catch((thrown: unknown) => {
      run.failure ??= { thrown };
    }),
  );
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';
}

export function listOf(
  value: unknown,
  complete: Complete,
  run: Run,
  path: ResponsePath | undefined,
): unknown[] {
  if (!Array.isArray(value)) return fail();
  const completed = new Array<unknown>(value.length);
  for (let at = 0; at < value.length; at += 1) {
    const place = { prev: path, key: at, typename: undefined };
    setCompleted(completed as never, at, { value: value[at], complete, run, path: place });
  }
  return completed;
}

export function leafOf(type: GraphQLLeafType): Complete {
  const isText = type === GraphQLString || type === GraphQLID;
  return (value) => {
    if (isText && typeof value === 'string') return value;
    if (value == null) return null;
    return type.serialize(sound(value)) ?? fail();
  };
}

/** The value, if it is not an error that stands for one. */
export function sound<Value>(value: Value): Value {
  if (typeof value === 'object' && value instanceof Error) return fail();
  return value;
}

export function fail(): never {
  throw new NotPlain();
}
