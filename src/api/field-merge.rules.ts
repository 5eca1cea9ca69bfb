import {
  getNamedType,
  GraphQLError,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  print,
  typeFromAST,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type SelectionSetNode,
  type TypeNode,
  type ValidationContext,
  type ValidationRule,
  type ValueNode,
} from 'graphql';

/**
 * Whether fields of one response name can be merged, by section 5.3.2 of the specification.
 * graphql-js compares every pair of fields, so 480 times `agent { id }` need 160 ms. This rule
 * compares each field with the first of its group only, because "has the same shape" and "is the
 * same field with the same arguments" are equivalences. `test/api/field-merge.test.ts` checks that
 * both rules agree.
 */
export function fieldMergeRule(limits: { fields: number; tokens: number }): ValidationRule {
  return (context) => {
    const merge = new FieldMerge(context, limits);
    return { OperationDefinition: (operation) => merge.check(operation.selectionSet) };
  };
}

/** Fragments may repeat their content: so many selections per token that a document may have. */
const selectionsPerToken = 2;

/** A selection set and the type that it selects from. */
interface Place {
  set: SelectionSetNode;
  parent: GraphQLNamedType | undefined;
}

interface PlacedField {
  node: FieldNode;
  parent: GraphQLNamedType | undefined;
  type: GraphQLOutputType | undefined;
}

class FieldMerge {
  private readonly signatures = new Map<FieldNode, string>();
  private readonly numbers = new Map<SelectionSetNode, number>();
  private readonly done = new Set<string>();
  private selectionsLeft: number;

  constructor(
    private readonly context: ValidationContext,
    private readonly limits: { fields: number; tokens: number },
  ) {
    this.selectionsLeft = limits.tokens * selectionsPerToken;
  }

  check(set: SelectionSetNode): void {
    const parent = this.context.getType();
    this.merge([{ set, parent: parent ? getNamedType(parent) : undefined }], { shapeOnly: false });
  }

  /** Checks the fields of sets that are returned as one object. */
  private merge(places: readonly Place[], { shapeOnly }: { shapeOnly: boolean }): void {
    if (places.length === 0 || this.selectionsLeft < 0 || this.wasDone(places, shapeOnly)) return;
    const groups = this.collect(places);
    if (this.selectionsLeft < 0)
      return this.report('The fragments repeat too many fields. Use fewer or smaller fragments.');
    if (groups.size > this.limits.fields) {
      return this.report(
        `The document asks for ${groups.size} fields of one object; at most ${this.limits.fields} are allowed.`,
      );
    }
    for (const [name, fields] of groups) {
      const parts = shapeOnly ? [] : partsOf(fields);
      const conflict = fields.length > 1 && (shapeConflict(fields) ?? this.fieldConflict(parts));
      if (conflict) this.report(`Fields "${name}" conflict because ${conflict}. Use aliases.`);
      else this.mergeBelow(fields, parts);
    }
  }

  private mergeBelow(fields: readonly PlacedField[], parts: readonly PlacedField[][]): void {
    if (parts.length !== 1) this.merge(placesBelow(fields), { shapeOnly: true });
    for (const part of parts) this.merge(placesBelow(part), { shapeOnly: false });
  }

  /** Fields of one part belong to one object: they must be one field with the same arguments. */
  private fieldConflict(parts: readonly PlacedField[][]): string | undefined {
    for (const [first, ...others] of parts) {
      for (const other of others) {
        if (other.node.name.value !== first!.node.name.value) {
          return `"${first!.node.name.value}" and "${other.node.name.value}" are different fields`;
        }
        if (this.signatureOf(other.node) !== this.signatureOf(first!.node)) {
          return 'they have differing arguments';
        }
      }
    }
    return undefined;
  }

  /** The fields of the sets, through inline fragments and fragments, by response name. */
  private collect(places: readonly Place[]): Map<string, PlacedField[]> {
    const groups = new Map<string, PlacedField[]>();
    const spread = new Set<string>();
    const visit = ({ set, parent }: Place): void => {
      for (const selection of set.selections) {
        this.selectionsLeft -= 1;
        if (selection.kind === Kind.FIELD) {
          const name = (selection.alias ?? selection.name).value;
          const field = { node: selection, parent, type: typeOf(selection, parent) };
          const group = groups.get(name);
          if (group) group.push(field);
          else groups.set(name, [field]);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          const { typeCondition } = selection;
          visit({
            set: selection.selectionSet,
            parent: typeCondition ? this.typeNamed(typeCondition) : parent,
          });
        } else if (!spread.has(selection.name.value)) {
          spread.add(selection.name.value);
          const fragment = this.context.getFragment(selection.name.value);
          if (!fragment) continue;
          visit({ set: fragment.selectionSet, parent: this.typeNamed(fragment.typeCondition) });
        }
      }
    };
    for (const place of places) visit(place);
    return groups;
  }

  private typeNamed(node: TypeNode): GraphQLNamedType | undefined {
    const type = typeFromAST(this.context.getSchema(), node as never);
    return type;
  }

  /** Sets that were merged before are not merged again, even if other fragments lead to them. */
  private wasDone(places: readonly Place[], shapeOnly: boolean): boolean {
    let key = shapeOnly ? 'shape' : 'all';
    for (const { set } of places) {
      let number = this.numbers.get(set);
      if (number === undefined) this.numbers.set(set, (number = this.numbers.size));
      key += ` ${number}`;
    }
    if (this.done.has(key)) return true;
    this.done.add(key);
    return false;
  }

  private signatureOf(node: FieldNode): string {
    let signature = this.signatures.get(node);
    if (signature === undefined) {
      const args = (node.arguments ?? []).map(({ name, value }) => `${name.value}:${plain(value)}`);
      signature = args.sort().join();
      this.signatures.set(node, signature);
    }
    return signature;
  }

  private report(message: string): void {
    this.context.reportError(new GraphQLError(message));
  }
}

function typeOf(node: FieldNode, parent: GraphQLNamedType | undefined) {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  return parent.getFields()[node.name.value]?.type;
}

/**
 * The fields that can belong to one object: those of one object type, and those of interfaces and
 * unions with each of them.
 */
function partsOf(fields: PlacedField[]): PlacedField[][] {
  const byType = new Map<GraphQLNamedType, PlacedField[]>();
  const ofAnyType: PlacedField[] = [];
  for (const field of fields) {
    const { parent } = field;
    if (!isObjectType(parent)) ofAnyType.push(field);
    else if (byType.has(parent)) byType.get(parent)!.push(field);
    else byType.set(parent, [field]);
  }
  if (byType.size <= 1) return [fields];
  return [...byType.values()].map((ofType) => [...ofAnyType, ...ofType]);
}

/** If responses differ in shape, a client could not read them by their name. */
function shapeConflict(fields: readonly PlacedField[]): string | undefined {
  const typed = fields.filter(({ type }) => type !== undefined);
  const other = typed.find(({ type }) => shapeOf(type!) !== shapeOf(typed[0]!.type!));
  if (!other) return undefined;
  return `they return conflicting types "${String(typed[0]!.type)}" and "${String(other.type)}"`;
}

function shapeOf(type: GraphQLOutputType): string {
  if (isNonNullType(type)) return `${shapeOf(type.ofType)}!`;
  if (isListType(type)) return `[${shapeOf(type.ofType)}]`;
  return isLeafType(type) ? type.name : '';
}

/** The selections on the objects that the fields return. */
function placesBelow(fields: readonly PlacedField[]): Place[] {
  const places = new Map<SelectionSetNode, Place>();
  for (const { node, type } of fields) {
    if (!node.selectionSet) continue;
    const parent = type && getNamedType(type);
    places.set(node.selectionSet, { set: node.selectionSet, parent });
  }
  return [...places.values()];
}

/** A value as a text: equal values have equal texts, because fields of objects have no order. */
function plain(value: ValueNode): string {
  if (value.kind === Kind.LIST) return `[${value.values.map(plain).join()}]`;
  if (value.kind !== Kind.OBJECT) return print(value);
  const fields = value.fields.map(({ name, value: inner }) => `${name.value}:${plain(inner)}`);
  return `{${fields.sort().join()}}`;
}
