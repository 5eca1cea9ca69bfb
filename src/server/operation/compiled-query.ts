import {
  getVariableValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  typeFromAST,
  TypeNameMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import {
  atHand,
  fail,
  infoOf,
  leafOf,
  listOf,
  NotCovered,
  valueOf,
  type Complete,
  type CompiledField,
  type Run,
} from './compiled-values';

/**
 * The plan of one query: its fields with their resolvers and types, found once and not for each
 * object. It follows the specification as far as all goes well, and throws otherwise.
 */
export class CompiledQuery {
  private readonly fragments: Record<string, FragmentDefinitionNode> = {};
  private readonly roots: readonly CompiledField[];
  private fieldsLeft: number;

  /** Throws NotCovered. `fieldsMax` bounds the plan's memory. */
  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
    fieldsMax: number,
  ) {
    this.fieldsLeft = fieldsMax;
    const type = schema.getQueryType();
    if (!type || operation.operation !== OperationTypeNode.QUERY) throw new NotCovered();
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.fragments[definition.name.value] = definition;
      }
    }
    this.roots = this.fieldsOf(type, [operation.selectionSet]);
  }

  /** Everything that an execution shares; null if the values of the variables are not valid. */
  begin(variables: Readonly<Record<string, unknown>>, context: unknown): Run | null {
    const { schema, fragments, operation } = this;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
      maxErrors: 0,
    });
    if (!coerced) return null;
    const shared = { schema, fragments, operation, rootValue: undefined, variableValues: coerced };
    return { context, shared };
  }

  /** Calls the resolvers of the root's fields, once; what each returns, by the field's key. */
  resolveRoots(run: Run): Map<string, unknown> {
    const found = new Map<string, unknown>();
    for (const field of this.roots) {
      try {
        found.set(field.key, valueOf(field, undefined, run, undefined));
      } catch (thrown) {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- It is passed on as it was thrown.
        found.set(field.key, Promise.reject(thrown));
      }
    }
    return found;
  }

  /** The answer's data, from the values of the root's fields. Throws if anything is not plain. */
  complete(roots: readonly unknown[], run: Run): Record<string, unknown> {
    const data: Record<string, unknown> = {};
    this.roots.forEach((field, at) => {
      const path = { prev: undefined, key: field.key, typename: field.parent.name };
      data[field.key] = field.complete(roots[at], run, path);
    });
    return data;
  }

  private fieldsOf(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
  ): readonly CompiledField[] {
    const byKey = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) this.collect(set, type, byKey, spread);
    return [...byKey].map(([key, nodes]) => this.fieldOf(key, nodes, type));
  }

  private collect(
    set: SelectionSetNode,
    type: GraphQLObjectType,
    byKey: Map<string, FieldNode[]>,
    spread: Set<string>,
  ): void {
    for (const selection of set.selections) {
      if (selection.directives?.length) throw new NotCovered();
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const same = byKey.get(key);
        if (same) same.push(selection);
        else byKey.set(key, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (this.applies(selection, type))
          this.collect(selection.selectionSet, type, byKey, spread);
      } else if (!spread.has(selection.name.value)) {
        const { value: name } = selection.name;
        spread.add(name);
        const fragment = this.fragments[name];
        if (fragment && this.applies(fragment, type)) {
          this.collect(fragment.selectionSet, type, byKey, spread);
        }
      }
    }
  }

  private applies(
    { typeCondition }: FragmentDefinitionNode | InlineFragmentNode,
    type: GraphQLObjectType,
  ): boolean {
    if (!typeCondition) return true;
    const wanted = typeFromAST(this.schema, typeCondition);
    return wanted === type || (isAbstractType(wanted) && this.schema.isSubType(wanted, type));
  }

  private fieldOf(key: string, nodes: readonly FieldNode[], parent: GraphQLObjectType) {
    const { value: name } = nodes[0]!.name;
    const definition: GraphQLField<unknown, unknown> | undefined =
      name === '__typename' ? TypeNameMetaFieldDef : parent.getFields()[name];
    this.fieldsLeft -= 1;
    // An answer has no prototype, so a name of one is a usual name there. Introspection is rare.
    if (!definition || key in Object.prototype || this.fieldsLeft < 0) throw new NotCovered();
    const { type, resolve = null } = definition;
    const field = { key, nodes, definition, parent, resolve, isLeaf: false };
    const compiled: CompiledField = Object.assign(field, {
      complete: this.completerOf(field, type),
    });
    compiled.isLeaf = isLeafType(isNonNullType(type) ? type.ofType : type);
    return compiled;
  }

  private completerOf(field: Omit<CompiledField, 'complete'>, type: GraphQLOutputType): Complete {
    if (isNonNullType(type)) {
      const inner = this.completerOf(field, type.ofType as GraphQLOutputType);
      return (value, run, path) => inner(value, run, path) ?? fail();
    }
    if (isListType(type)) {
      const inner = this.completerOf(field, type.ofType);
      return (value, run, path) => (value == null ? null : listOf(value, inner, run, path));
    }
    if (isLeafType(type)) return leafOf(type);
    const sets = field.nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (isObjectType(type)) return this.objectOf(field, type, sets);
    return this.abstractOf(field, type, sets);
  }

  private objectOf(
    field: Omit<CompiledField, 'complete'>,
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
  ): Complete {
    // Not before a first object is there: a document may select on types that never come.
    let fields: readonly CompiledField[] | undefined;
    return (value, run, path) => {
      if (value == null) return null;
      if (typeof value !== 'object') return fail();
      atHand(value);
      if (type.isTypeOf && type.isTypeOf(value, run.context, infoOf(field, run, path)) !== true) {
        return fail();
      }
      fields ??= this.fieldsOf(type, sets);
      const completed: Record<string, unknown> = {};
      for (const one of fields) {
        const found = valueOf(one, value, run, path);
        const at = one.isLeaf ? undefined : { prev: path, key: one.key, typename: type.name };
        completed[one.key] = one.complete(found, run, at);
      }
      return completed;
    };
  }

  private abstractOf(
    field: Omit<CompiledField, 'complete'>,
    type: GraphQLAbstractType,
    sets: readonly SelectionSetNode[],
  ): Complete {
    const { resolveType } = type;
    if (!resolveType) throw new NotCovered();
    const byType = new Map<string, Complete>();
    return (value, run, path) => {
      if (value == null) return null;
      atHand(value);
      const name = resolveType(value, run.context, infoOf(field, run, path), type);
      atHand(name);
      if (typeof name !== 'string') return fail();
      let complete = byType.get(name);
      if (!complete) {
        const concrete = this.schema.getType(name);
        if (!isObjectType(concrete) || !this.schema.isSubType(type, concrete)) return fail();
        complete = this.objectOf(field, concrete, sets);
        byType.set(name, complete);
      }
      return complete(value, run, path);
    };
  }
}
