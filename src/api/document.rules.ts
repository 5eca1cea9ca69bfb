import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  type ASTVisitor,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import type { Limits } from '../core/config';

/** A name that is longer is nobody's; answers and errors repeat the names of fields. */
const nameLengthMax = 200;
/** Some rules walk all fragments for each operation. */
const operationsMax = 20;

/**
 * What a document may hold. These rules run before the rules of the specification, whose work grows
 * with the square of some counts. The bounds on bytes, lines and tokens come before, in the parser.
 */
export function documentRules(
  limits: Limits,
  { introspection }: { introspection: boolean },
): ValidationRule[] {
  return [
    ...(introspection ? [] : [noIntrospection]),
    countRule(Kind.OPERATION_DEFINITION, { what: 'operations', most: operationsMax }),
    depthRule(limits.depth),
    fieldsRule(limits.fields),
    countRule(Kind.FIELD, { what: 'aliases', most: limits.aliases }),
    countRule(Kind.DIRECTIVE, { what: 'directives', most: limits.directives }),
    shortNames,
    plainSubscriptions,
  ];
}

/** `__typename` stays: clients need it to know what they got. */
const noIntrospection: ValidationRule = (context) => {
  let isReported = false;
  return {
    Field(node) {
      if (isReported || !['__schema', '__type'].includes(node.name.value)) return;
      isReported = true;
      context.reportError(new GraphQLError('Introspection is off.', { nodes: node }));
    },
  };
};

/** How many fields deep an operation reaches, through its fragments. */
function depthRule(most: number): ValidationRule {
  return (context) => {
    const depths = new Map<SelectionSetNode, number>();
    return {
      OperationDefinition(operation) {
        const depth = depthOf(operation.selectionSet, context, depths);
        if (depth > most) {
          context.reportError(
            new GraphQLError(`It goes ${depth} fields deep; ${most} are allowed.`, {
              nodes: operation,
            }),
          );
        }
      },
    };
  };
}

/** Each set is walked once, however many spreads lead to it; one that leads to itself counts as 0. */
function depthOf(
  set: SelectionSetNode,
  context: ValidationContext,
  depths: Map<SelectionSetNode, number>,
): number {
  const known = depths.get(set);
  if (known !== undefined) return known;
  depths.set(set, 0);
  let depth = 0;
  for (const selection of set.selections) {
    let deep = 0;
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = context.getFragment(selection.name.value);
      deep = fragment ? depthOf(fragment.selectionSet, context, depths) : 0;
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      deep = depthOf(selection.selectionSet, context, depths);
    } else if (!selection.name.value.startsWith('__')) {
      // Introspection is deep by nature, and of one size; where it is off it is refused as a whole.
      deep = 1 + (selection.selectionSet ? depthOf(selection.selectionSet, context, depths) : 0);
    }
    depth = Math.max(depth, deep);
  }
  depths.set(set, depth);
  return depth;
}

/** How many fields a selection set has, with those of its fragments. */
function fieldsRule(most: number): ValidationRule {
  return (context) => {
    const ofFragments = new Map<string, number>();
    const count = ({ selections }: SelectionSetNode): number => {
      let fields = 0;
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) fields += 1;
        else if (selection.kind === Kind.INLINE_FRAGMENT) fields += count(selection.selectionSet);
        else fields += countFragment(selection.name.value);
      }
      return fields;
    };
    const countFragment = (name: string): number => {
      const known = ofFragments.get(name);
      if (known !== undefined) return known;
      // A fragment that leads to itself counts as 0 there; another rule refuses it.
      ofFragments.set(name, 0);
      const fragment = context.getFragment(name);
      const fields = fragment ? count(fragment.selectionSet) : 0;
      ofFragments.set(name, fields);
      return fields;
    };
    const check = ({ selectionSet }: { selectionSet?: SelectionSetNode }) => {
      const fields = selectionSet ? count(selectionSet) : 0;
      if (fields <= most) return;
      const message = `A selection set has ${fields} fields; ${most} are allowed.`;
      context.reportError(new GraphQLError(message));
    };
    return { OperationDefinition: check, FragmentDefinition: check, Field: check };
  };
}

const shortNames: ValidationRule = (context) => ({
  Field({ alias, name }) {
    if ((alias ?? name).value.length <= nameLengthMax) return;
    const message = `A name of a field has at most ${nameLengthMax} characters.`;
    context.reportError(new GraphQLError(message));
  },
});

/**
 * A subscription has one field, whatever its variables are (as the specification of 2025 has it).
 * graphql-js throws while it validates a condition that depends on a variable there.
 */
const plainSubscriptions: ValidationRule = (context) => ({
  OperationDefinition({ operation, selectionSet }) {
    if (operation !== OperationTypeNode.SUBSCRIPTION) return;
    const spread = new Set<string>();
    const isPlain = ({ selections }: SelectionSetNode): boolean =>
      selections.every((selection) => {
        if (selection.directives?.some(({ name }) => conditions.has(name.value))) return false;
        if (selection.kind === Kind.FIELD) return true;
        if (selection.kind === Kind.INLINE_FRAGMENT) return isPlain(selection.selectionSet);
        if (spread.has(selection.name.value)) return true;
        spread.add(selection.name.value);
        const fragment = context.getFragment(selection.name.value);
        return !fragment || isPlain(fragment.selectionSet);
      });
    if (isPlain(selectionSet)) return;
    const message = '@skip and @include are not allowed at the root of a subscription.';
    context.reportError(new GraphQLError(message));
  },
});

const conditions = new Set(['skip', 'include']);

function countRule(
  kind: Kind.OPERATION_DEFINITION | Kind.FIELD | Kind.DIRECTIVE,
  { what, most }: { what: string; most: number },
): ValidationRule {
  return (context): ASTVisitor => {
    let found = 0;
    return {
      [kind](node: { alias?: unknown }) {
        if (kind !== Kind.FIELD || node.alias) found += 1;
      },
      Document: {
        leave() {
          if (found <= most) return;
          const message = `It has ${found} ${what}; ${most} are allowed.`;
          context.reportError(new GraphQLError(message));
        },
      },
    };
  };
}
