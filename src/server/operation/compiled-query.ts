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
  type ResponsePath,
  type SelectionSetNode,
} from 'graphql';
import {
  fail,
  infoOf,
  leafOf,
  listOf,
  NotCovered,
  setCompleted,
  sound,
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
    return { context, shared, resolved: new Map(), pending: [], failure: null };
  }

  /** The answer's data. Throws if anything does not go well. */
  async execute(run: Run): Promise<Record<string, unknown>> {
    try {
      const data = this.complete(undefined, this.roots, run, undefined);
      // Work that ends may begin more.
      while (run.pending.length > 0) await Promise.all(run.pending.splice(0));
      if (!run.failure) return data;
    } catch (thrown) {
      run.failure ??= { thrown };
    }
    throw run.failure.thrown;
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
      if (typeof sound(value) !== 'object') return fail();
      if (type.isTypeOf && type.isTypeOf(value, run.context, infoOf(field, run, path)) !== true) {
        return fail();
      }
      fields ??= this.fieldsOf(type, sets);
      return this.complete(value, fields, run, path);
    };
  }

  private complete(
    source: unknown,
    fields: readonly CompiledField[],
    run: Run,
    path: ResponsePath | undefined,
  ): Record<string, unknown> {
    const completed: Record<string, unknown> = {};
    for (const field of fields) {
      const { key, complete } = field;
      const value = valueOf(field, source, run, path);
      const place = field.isLeaf ? undefined : { prev: path, key, typename: field.parent.name };
      setCompleted(completed, key, { value, complete, run, path: place });
    }
    return completed;
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
      const name = resolveType(sound(value), run.context, infoOf(field, run, path), type);
      // Of `Node`, it is a promise.
      if (typeof name !== 'string') throw new NotCovered();
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
