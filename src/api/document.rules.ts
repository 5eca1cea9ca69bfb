import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import type { Limits } from '../core/config';

/**
 * What a document's text may hold, as validation rules, so that it counts wherever documents are
 * validated. The bound on tokens comes before them, in the parser, so what they walk is small.
 */
export function documentRules(
  limits: Limits,
  { introspection }: { introspection: boolean },
): ValidationRule[] {
  return [
    ...(introspection ? [] : [noIntrospection]),
    depthRule(limits.depth),
    countRule(Kind.FIELD, { what: 'aliases', most: limits.aliases }),
    countRule(Kind.DIRECTIVE, { what: 'directives', most: limits.directives }),
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

function countRule(
  kind: Kind.FIELD | Kind.DIRECTIVE,
  { what, most }: { what: string; most: number },
): ValidationRule {
  return (context): ASTVisitor => {
    let found = 0;
    return {
      [kind](node: { alias?: unknown }) {
        if (kind === Kind.DIRECTIVE || node.alias) found += 1;
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
