import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

const known = new WeakMap<FieldNode, Map<string, ReadonlySet<string>>>();

/**
 * The names of the fields that are selected below a field, along a path of names: what to read in
 * advance. It ignores directives and types, so it may contain a field that is not executed.
 */
export function selectedFields(
  { fieldNodes, fragments }: GraphQLResolveInfo,
  path: readonly string[],
): ReadonlySet<string> {
  const [node] = fieldNodes;
  // Two selections of one field, which graphql-js merges, are rare.
  if (!node || fieldNodes.length > 1) return find(fieldNodes, fragments, path);
  const byPath = known.get(node) ?? new Map<string, ReadonlySet<string>>();
  known.set(node, byPath);
  const key = path.join('.');
  let found = byPath.get(key);
  if (!found) {
    found = find(fieldNodes, fragments, path);
    byPath.set(key, found);
  }
  return found;
}

function find(
  nodes: readonly FieldNode[],
  fragments: GraphQLResolveInfo['fragments'],
  path: readonly string[],
): ReadonlySet<string> {
  let reached = nodes;
  for (const name of path) {
    reached = fieldsOf(reached, fragments).filter((field) => field.name.value === name);
  }
  return new Set(fieldsOf(reached, fragments).map((field) => field.name.value));
}

/** A valid document's fragments form no cycle; each is looked into once. */
function fieldsOf(
  nodes: readonly FieldNode[],
  fragments: GraphQLResolveInfo['fragments'],
): FieldNode[] {
  const found: FieldNode[] = [];
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) found.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = fragments[selection.name.value];
        if (fragment) collect(fragment.selectionSet);
      }
    }
  };
  for (const { selectionSet } of nodes) if (selectionSet) collect(selectionSet);
  return found;
}
