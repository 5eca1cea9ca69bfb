import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  typeFromAST,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { CostPlan, FieldCost, Variables } from './cost.rules';
import { pageSize } from './page.rules';

/**
 * The prices: an object costs 1, a single value of an object nothing, a list of values by its length
 * (`costOfValues`), the same value under another name 1, a page as many objects as were requested.
 * Objects that only wrap a page or a payload cost nothing.
 */
const objectCost = 1;
const aliasCost = 1;
const freeFields = new Set(['edges', 'pageInfo', 'userErrors']);
/** Counting reads up to 10,000 rows, but only from an index. */
const scalarCosts: Readonly<Record<string, number>> = { totalCount: 10 };
/** Fields that work for longer than a transaction, or compute for milliseconds. */
const rootFieldCosts: Readonly<Record<string, number>> = {
  sendTestWebhook: 90,
  replayWebhook: 90,
  dayPassForecast: 49,
  testNoticeChannel: 90,
};
/** A transaction; a stream that is kept. */
const rootCosts = { query: 0, mutation: 10, subscription: 10 };
/** The assumed length of a list without a known length; the difference is charged afterwards. */
const listSizeAssumed = 20;
const valuesAssumed = 10;
/**
 * The greatest length of the lists of values that are longer: IANA adds a few names per year; most
 * zones change twice per year, those with a pause in Ramadan more often.
 */
const longLists: Readonly<Record<string, number>> = { zoneNames: 700, offsetChanges: 300 };
/** The path of an error has at most four items, and each row of an input is paid for already. */
const freeLists = new Set(['UserError.field']);

/**
 * Computes the cost of an operation of a valid document, except for the parts that depend on its
 * variables.
 */
export function planCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CostPlan {
  const planner = new Planner(schema, document);
  const root = schema.getRootType(operation.operation);
  const fields = root ? planner.fieldsOf(operation.selectionSet, root) : [];
  const rootCost = rootCosts[operation.operation];
  return {
    fields: fields.map((field) => ({ ...field, own: field.own + rootCost })),
    defaults: defaultsOf(operation),
    isFixed: !planner.hasLists,
    opening: operation.operation === OperationTypeNode.SUBSCRIPTION ? rootCost : 0,
  };
}

class Planner {
  hasLists = false;
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  /** Sets of one field that is selected several times, by the ids of its sets. */
  private readonly merged = new Map<string, SelectionSetNode>();
  private readonly ids = new Map<SelectionSetNode, number>();
  /** Each set is planned once per type, even if many spreads lead to it. */
  private readonly planned = new Map<SelectionSetNode, Map<string, FieldCost['kinds']>>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.fragments.set(definition.name.value, definition);
      }
    }
  }

  fieldsOf(set: SelectionSetNode, type: GraphQLObjectType): FieldCost[] {
    return this.planFields(this.collect(set, type), type);
  }

  private kindsOf(set: SelectionSetNode, type: GraphQLCompositeType): FieldCost['kinds'] {
    const byType = this.planned.get(set) ?? new Map<string, FieldCost['kinds']>();
    this.planned.set(set, byType);
    let kinds = byType.get(type.name);
    if (!kinds) {
      kinds = this.planKinds(set, type);
      byType.set(type.name, kinds);
    }
    return kinds;
  }

  private planKinds(set: SelectionSetNode, type: GraphQLCompositeType): FieldCost['kinds'] {
    const possible = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
    const seen = new Set<string>();
    const places = new Map<FieldNode, number>();
    const kinds: FieldCost[][] = [];
    for (const one of possible) {
      const nodes = this.collect(set, one);
      // Kinds with the same selection are one kind.
      for (const node of nodes) if (!places.has(node)) places.set(node, places.size);
      const asked = nodes.map((node) => places.get(node)).join();
      if (seen.has(asked)) continue;
      seen.add(asked);
      const fields = this.planFields(nodes, one);
      if (fields.length > 0) kinds.push(fields);
    }
    return kinds;
  }

  /** The fields that are selected on objects of that type. */
  private collect(
    set: SelectionSetNode,
    type: GraphQLObjectType,
    spread = new Set<string>(),
  ): FieldNode[] {
    return set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        return this.applies(selection, type)
          ? this.collect(selection.selectionSet, type, spread)
          : [];
      }
      const { value: name } = selection.name;
      const fragment = this.fragments.get(name);
      if (spread.has(name) || !fragment || !this.applies(fragment, type)) return [];
      spread.add(name);
      return this.collect(fragment.selectionSet, type, spread);
    });
  }

  private applies(
    { typeCondition }: FragmentDefinitionNode | InlineFragmentNode,
    type: GraphQLObjectType,
  ): boolean {
    if (!typeCondition) return true;
    const wanted = typeFromAST(this.schema, typeCondition);
    return wanted === type || (isAbstractType(wanted) && this.schema.isSubType(wanted, type));
  }

  private planFields(nodes: readonly FieldNode[], type: GraphQLObjectType): FieldCost[] {
    const seen = new Set<string>();
    return byResponseKey(nodes).flatMap((same) => {
      const [node] = same;
      const { value: name } = node.name;
      const field = type.getFields()[name];
      if (!field) return [];
      const planned = this.planField(node, field, { parent: type, set: this.mergedSet(same) });
      const isFree = planned.own === 0 && planned.values === null && planned.kinds.length === 0;
      const isAlias = seen.has(name);
      seen.add(name);
      if (!isFree) return [planned];
      // A long text could be requested a hundred times, each time under another name.
      return isAlias ? [{ ...planned, own: aliasCost }] : [];
    });
  }

  /** A field that is selected several times under one name is executed once, with all selections. */
  private mergedSet(same: readonly FieldNode[]): SelectionSetNode | undefined {
    const sets = [...new Set(same.flatMap(({ selectionSet }) => selectionSet ?? []))];
    const [first] = sets;
    if (!first || sets.length === 1) return first;
    const ids = sets.map((set) => this.idOf(set)).join();
    const merged = this.merged.get(ids) ?? {
      kind: Kind.SELECTION_SET,
      selections: sets.flatMap(({ selections }) => selections),
    };
    this.merged.set(ids, merged);
    return merged;
  }

  private idOf(set: SelectionSetNode): number {
    const id = this.ids.get(set) ?? this.ids.size;
    this.ids.set(set, id);
    return id;
  }

  private planField(
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    { parent, set }: { parent: GraphQLObjectType; set: SelectionSetNode | undefined },
  ): FieldCost {
    const key = responseKey(node);
    const named = getNamedType(field.type);
    const input = inputSize(node);
    const isList = isListType(getNullableType(field.type));
    if (!isCompositeType(named) || !set) {
      const own = scalarCosts[field.name] ?? 0;
      const isPriced = isList && !freeLists.has(`${parent.name}.${field.name}`);
      this.hasLists ||= isPriced;
      const values = isPriced ? (longLists[field.name] ?? valuesAssumed) : null;
      return { key, own, input, size: null, page: null, values, kinds: [] };
    }
    const own = (freeFields.has(field.name) ? 0 : objectCost) + (rootFieldCosts[field.name] ?? 0);
    const isPage = isObjectType(named) && field.args.some(({ name }) => name === 'first');
    this.hasLists ||= isList;
    const kinds = this.kindsOf(set, named);
    const size = field.name === 'edges' ? 'PAGE' : isList ? listSize(node) : null;
    const page = isPage ? askedPage(node) : null;
    return { key, own, input, size, page, values: null, kinds };
  }
}

/** The fields in the order of their first selection, those of one response key together. */
function byResponseKey(nodes: readonly FieldNode[]): [FieldNode, ...FieldNode[]][] {
  const fields = new Map<string, [FieldNode, ...FieldNode[]]>();
  for (const node of nodes) {
    const key = responseKey(node);
    const same = fields.get(key);
    if (same) same.push(node);
    else fields.set(key, [node]);
  }
  return [...fields.values()];
}

function responseKey({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

/** The requested size of a page. A size out of bounds is refused when the field is resolved. */
function askedPage(node: FieldNode): (variables: Variables) => number {
  const asked = [argumentOf(node, 'first'), argumentOf(node, 'last')];
  return (variables) => {
    for (const value of asked) {
      const size = value && valueOf(value, variables);
      if (typeof size === 'number') return Math.min(Math.max(size, 0), pageSize.most);
    }
    return pageSize.byDefault;
  };
}

/** A list is as long as the ids that were given for it, if any. */
function listSize(node: FieldNode): (variables: Variables) => number {
  const ids = argumentOf(node, 'ids');
  return (variables) => {
    const given = ids && valueOf(ids, variables);
    return Array.isArray(given) ? given.length : listSizeAssumed;
  };
}

/** Each row of an input's lists is one more object. */
function inputSize(node: FieldNode): ((variables: Variables) => number) | null {
  const input = argumentOf(node, 'input');
  if (!input) return null;
  return (variables) => {
    const given = valueOf(input, variables);
    const values = given !== null && typeof given === 'object' ? Object.values(given) : [];
    return values.reduce<number>((sum, one) => sum + (Array.isArray(one) ? one.length : 0), 0);
  };
}

function argumentOf(node: FieldNode, name: string): ValueNode | undefined {
  return node.arguments?.find((argument) => argument.name.value === name)?.value;
}

function valueOf(node: ValueNode, variables: Variables): unknown {
  return valueFromASTUntyped(node, variables);
}

function defaultsOf({ variableDefinitions }: OperationDefinitionNode): Variables | null {
  const entries = (variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}
