import {
  Kind,
  OperationTypeNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Limits } from '../core/limits';

/** No name of the schema is longer; answers and errors repeat the names of fields. */
const nameLengthMax = 200;
/**
 * Some rules of the specification walk all fragments for each operation, each fragment separately.
 */
const operationsMax = 20;
const fragmentsMax = 50;
/** Of all operations together; the rules report each one that is not used. */
const variablesMax = 100;
/**
 * Aliases of one field: half of what a document may have, and as many as the ids that `nodes`
 * accepts.
 */
const aliasesOfFieldMin = 100;
/** Each needs the check of a signature and a command of the ledger; no gateway combines them. */
const aliasesOfMax = new Map([['consumeDayPass', 30]]);

/**
 * Why a document is refused for its content, independent of the schema: the first reasons, or an
 * empty list. It runs before the rules of the specification, whose work grows with the square of
 * some counts. It has its own walk, because graphql-js's visitors cost ten times as much. The
 * bounds on bytes, lines and tokens come before, in the parser.
 */
export function refuseDocument(
  document: DocumentNode,
  limits: Limits,
  { introspection }: { introspection: boolean },
): string[] {
  const survey = new Survey(document);
  survey.walk();
  const { operations, fragments, variables, aliases, directives, fields, depth } = survey;
  const tooMany = (found: number, what: string, most: number) =>
    found > most && `The document has ${found} ${what}; at most ${most} are allowed.`;
  return [
    !introspection &&
      survey.asksForSchema &&
      'Introspection is disabled. Read the schema at /schema.graphql.',
    tooMany(operations, 'operations', operationsMax),
    tooMany(fragments, 'fragments', fragmentsMax),
    tooMany(variables, 'variables', variablesMax),
    depth > limits.depth &&
      `The document is ${depth} fields deep; at most ${limits.depth} are allowed.`,
    fields > limits.fields &&
      `A selection set has ${fields} fields; at most ${limits.fields} are allowed.`,
    tooMany(aliases, 'aliases', limits.aliases),
    ...survey.aliasesOf(Math.max(aliasesOfFieldMin, Math.floor(limits.aliases / 2))),
    tooMany(directives, 'directives', limits.directives),
    survey.nameLength > nameLengthMax && `A field name has more than ${nameLengthMax} characters.`,
    survey.hasConditionalRoot &&
      '@skip and @include are not allowed at the root of a subscription.',
  ].filter((reason) => reason !== false);
}

/**
 * The content of a document: each number is about the whole, or the maximum of one selection set.
 */
class Survey {
  operations = 0;
  fragments = 0;
  variables = 0;
  aliases = 0;
  directives = 0;
  /** Of a selection set, including its fragments. */
  fields = 0;
  /** Fields in fields of an operation, through its fragments. */
  depth = 0;
  nameLength = 0;
  /** `__typename` does not count: clients need it to know what they got. */
  asksForSchema = false;
  hasConditionalRoot = false;

  private readonly aliased = new Map<string, number>();
  private readonly byName = new Map<string, FragmentDefinitionNode>();
  private readonly counts = new Map<string, number>();
  private readonly depths = new Map<SelectionSetNode, number>();

  constructor(private readonly document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
      this.fragments += 1;
      this.byName.set(definition.name.value, definition);
    }
  }

  walk(): void {
    for (const definition of this.document.definitions) {
      if (!('selectionSet' in definition)) continue;
      this.countDirectives(definition);
      for (const variable of definition.variableDefinitions ?? []) {
        this.variables += 1;
        this.countDirectives(variable);
      }
      this.walkSet(definition.selectionSet);
      this.countSet(definition.selectionSet);
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      this.operations += 1;
      this.depth = Math.max(this.depth, this.depthOf(definition.selectionSet));
      if (definition.operation === OperationTypeNode.SUBSCRIPTION) {
        this.hasConditionalRoot ||= this.isConditional(definition.selectionSet, new Set());
      }
    }
  }

  private walkSet({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      this.countDirectives(selection);
      if (selection.kind === Kind.FIELD) {
        const { alias, name } = selection;
        if (alias) this.countAlias(name.value);
        this.nameLength = Math.max(this.nameLength, (alias ?? name).value.length);
        this.asksForSchema ||= name.value === '__schema' || name.value === '__type';
      }
      if (!('selectionSet' in selection) || !selection.selectionSet) continue;
      this.walkSet(selection.selectionSet);
      // The fields of an inline fragment are fields of the set that contains it.
      if (selection.kind === Kind.FIELD) this.countSet(selection.selectionSet);
    }
  }

  private countAlias(field: string): void {
    this.aliases += 1;
    this.aliased.set(field, (this.aliased.get(field) ?? 0) + 1);
  }

  /** Why fields with more aliases than `most`, or than their own limit, are refused. */
  aliasesOf(most: number): string[] {
    return [...this.aliased].flatMap(([field, found]) => {
      const allowed = Math.min(most, aliasesOfMax.get(field) ?? most);
      if (found <= allowed) return [];
      return `The field "${field.slice(0, nameLengthMax)}" has ${found} aliases; at most ${allowed} are allowed.`;
    });
  }

  private countDirectives({ directives }: { directives?: readonly DirectiveNode[] }): void {
    this.directives += directives?.length ?? 0;
  }

  private countSet(set: SelectionSetNode): void {
    this.fields = Math.max(this.fields, this.fieldsOf(set));
  }

  private fieldsOf({ selections }: SelectionSetNode): number {
    let fields = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields += 1;
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        fields += this.fieldsOf(selection.selectionSet);
      } else fields += this.fieldsOfFragment(selection.name.value);
    }
    return fields;
  }

  /** A fragment that leads to itself counts as 0 there; a rule of the specification refuses it. */
  private fieldsOfFragment(name: string): number {
    const known = this.counts.get(name);
    if (known !== undefined) return known;
    this.counts.set(name, 0);
    const fragment = this.byName.get(name);
    const fields = fragment ? this.fieldsOf(fragment.selectionSet) : 0;
    this.counts.set(name, fields);
    return fields;
  }

  /**
   * Each set is walked once, even if many spreads lead to it; one that leads to itself counts as 0.
   */
  private depthOf(set: SelectionSetNode): number {
    const known = this.depths.get(set);
    if (known !== undefined) return known;
    this.depths.set(set, 0);
    let depth = 0;
    for (const selection of set.selections) depth = Math.max(depth, this.depthBelow(selection));
    this.depths.set(set, depth);
    return depth;
  }

  private depthBelow(selection: SelectionNode): number {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = this.byName.get(selection.name.value);
      return fragment ? this.depthOf(fragment.selectionSet) : 0;
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.depthOf(selection.selectionSet);
    // Introspection is deep by nature, and of one size; if it is off it is refused as a whole.
    if (selection.name.value.startsWith('__')) return 0;
    return 1 + (selection.selectionSet ? this.depthOf(selection.selectionSet) : 0);
  }

  /**
   * A subscription has one field, whatever its variables are (as the specification of 2025 has it).
   * graphql-js throws while it validates a condition that depends on a variable there.
   */
  private isConditional({ selections }: SelectionSetNode, spread: Set<string>): boolean {
    return selections.some((selection) => {
      if (selection.directives?.some(({ name }) => conditions.has(name.value))) return true;
      if (selection.kind === Kind.FIELD) return false;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        return this.isConditional(selection.selectionSet, spread);
      }
      const name = selection.name.value;
      if (spread.has(name)) return false;
      spread.add(name);
      const fragment = this.byName.get(name);
      return fragment !== undefined && this.isConditional(fragment.selectionSet, spread);
    });
  }
}

const conditions = new Set(['skip', 'include']);
