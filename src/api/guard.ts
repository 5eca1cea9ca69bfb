import {
  defaultFieldResolver,
  defaultTypeResolver,
  getNamedType,
  isAbstractType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { Extensions } from 'type-graphql';
import { whenThere } from '../core/when-there';
import type { RequestContext } from './context';

/** Throws FORBIDDEN or DAY_PASS_REQUIRED if the caller may not read the object. */
export type Guard<Value> = (context: RequestContext, value: Value) => void | Promise<void>;

/** The extensions of a guarded type. */
const extension = 'guard';

/**
 * Sets the guard of an object or interface type. It is called before every object of the type, on
 * every path of the graph: root field, node, edge, payload, event.
 */
export function Guarded<Value>(guard: Guard<Value>): ClassDecorator {
  return Extensions({ [extension]: guard });
}

/**
 * Puts the guards of the schema's types before every field that returns an object of these types.
 */
export function applyGuards(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const answered = getNamedType(field.type);
      if (!mayBeGuarded(schema, answered)) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (root, args, context: RequestContext, info) =>
        whenThere(resolve(root, args, context, info), (value) =>
          guarded(value, answered, context, info),
        );
    }
  }
}

function mayBeGuarded(schema: GraphQLSchema, type: GraphQLNamedType): boolean {
  if (isObjectType(type)) return guardsOf(type).length > 0;
  if (!isAbstractType(type)) return false;
  return schema.getPossibleTypes(type).some((possible) => guardsOf(possible).length > 0);
}

const guardsByType = new WeakMap<GraphQLObjectType, readonly Guard<unknown>[]>();

/** A type's own guard and those of the interfaces it implements; looked up once. */
function guardsOf(type: GraphQLObjectType): readonly Guard<unknown>[] {
  let guards = guardsByType.get(type);
  if (!guards) {
    guards = [type, ...type.getInterfaces()].flatMap(({ extensions }) => {
      const guard = extensions[extension];
      return guard ? [guard as Guard<unknown>] : [];
    });
    guardsByType.set(type, guards);
  }
  return guards;
}

/**
 * The value, after its guards have permitted it; each item of a list is refused separately. If
 * neither the value nor a guard is a promise, this returns at once: a page has hundreds of guarded
 * objects.
 */
function guarded(
  value: unknown,
  type: GraphQLNamedType,
  context: RequestContext,
  info: GraphQLResolveInfo,
): unknown {
  if (value == null || value instanceof Error) return value;
  if (!Array.isArray(value)) return standBefore(value, type, context, info);
  return value.map((item) => {
    try {
      return whenThere(item, (row) => guarded(row, type, context, info));
    } catch (thrown) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- It is passed on as it was thrown.
      return Promise.reject(thrown);
    }
  });
}

function standBefore(
  value: unknown,
  type: GraphQLNamedType,
  context: RequestContext,
  info: GraphQLResolveInfo,
): unknown {
  return whenThere(concreteType(value, type, context, info), (concrete) => {
    const guards = concrete ? guardsOf(concrete) : [];
    return whenThere(letThrough(guards, context, value), () => value);
  });
}

/** Asks one guard after the other. */
function letThrough(
  guards: readonly Guard<unknown>[],
  context: RequestContext,
  value: unknown,
): void | Promise<void> {
  for (let at = 0; at < guards.length; at += 1) {
    const asked = guards[at]!(context, value);
    if (asked) return asked.then(() => letThrough(guards.slice(at + 1), context, value));
  }
}

/** The object type of a value; undefined if it has none; graphql-js reports that. */
function concreteType(
  value: unknown,
  type: GraphQLNamedType,
  context: RequestContext,
  info: GraphQLResolveInfo,
): GraphQLObjectType | undefined | Promise<GraphQLObjectType | undefined> {
  if (isObjectType(type)) return type;
  if (!isAbstractType(type)) return undefined;
  const resolveType = type.resolveType ?? defaultTypeResolver;
  return whenThere(resolveType(value, context, info, type), (name) => {
    const concrete = name ? info.schema.getType(name) : undefined;
    return isObjectType(concrete) ? concrete : undefined;
  });
}
