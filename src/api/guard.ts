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
import type { RequestContext } from './context';

/** Throws FORBIDDEN or DAY_PASS_REQUIRED where whoever asks may not see the object. */
export type Guard<Value> = (context: RequestContext, value: Value) => void | Promise<void>;

/** What a guarded type keeps in its extensions. */
const extension = 'guard';

/**
 * Sets the guard of an object or interface type. It stands before every object of the type, by
 * whatever path the graph reaches it: root field, node, edge, payload, event.
 */
export function Guarded<Value>(guard: Guard<Value>): ClassDecorator {
  return Extensions({ [extension]: guard }) as ClassDecorator;
}

/** Puts the guards of the schema's types before every field that answers an object of theirs. */
export function applyGuards(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const answered = getNamedType(field.type);
      if (!mayBeGuarded(schema, answered)) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = async (root, args, context: RequestContext, info) =>
        guarded(await resolve(root, args, context, info), answered, context, info);
    }
  }
}

function mayBeGuarded(schema: GraphQLSchema, type: GraphQLNamedType): boolean {
  if (isObjectType(type)) return guardsOf(type).length > 0;
  if (!isAbstractType(type)) return false;
  return schema.getPossibleTypes(type).some((possible) => guardsOf(possible).length > 0);
}

/** A type's own guard and those of the interfaces it implements. */
function guardsOf(type: GraphQLObjectType): Guard<unknown>[] {
  return [type, ...type.getInterfaces()].flatMap(({ extensions }) => {
    const guard = extensions[extension];
    return guard ? [guard as Guard<unknown>] : [];
  });
}

/** The value once its guards let it through; each item of a list is refused by itself. */
function guarded(
  value: unknown,
  type: GraphQLNamedType,
  context: RequestContext,
  info: GraphQLResolveInfo,
): unknown {
  if (value == null || value instanceof Error) return value;
  if (Array.isArray(value)) {
    return value.map((item) =>
      Promise.resolve(item).then((row) => guarded(row, type, context, info)),
    );
  }
  return standBefore(value, type, context, info);
}

async function standBefore(
  value: unknown,
  type: GraphQLNamedType,
  context: RequestContext,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  const concrete = await concreteType(value, type, context, info);
  for (const guard of concrete ? guardsOf(concrete) : []) await guard(context, value);
  return value;
}

/** The object type of a value; undefined where it has none, which graphql-js will say itself. */
async function concreteType(
  value: unknown,
  type: GraphQLNamedType,
  context: RequestContext,
  info: GraphQLResolveInfo,
): Promise<GraphQLObjectType | undefined> {
  if (isObjectType(type)) return type;
  if (!isAbstractType(type)) return undefined;
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const name = await resolveType(value, context, info, type);
  const concrete = name ? info.schema.getType(name) : undefined;
  return isObjectType(concrete) ? concrete : undefined;
}
