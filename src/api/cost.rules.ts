/** Values of variables, as they came or as the operation has them by default. */
export type Variables = Readonly<Record<string, unknown>>;

/** What a field of an operation adds to its cost. Fields that add nothing are left out. */
export interface FieldCost {
  /** Its name in the response. */
  key: string;
  /** Its own, for each object that it answers. */
  own: number;
  /** What its input adds. */
  input: ((variables: Variables) => number) | null;
  /** How many it answers; `PAGE`: as many as the page that it stands in. One where it is null. */
  size: ((variables: Variables) => number) | 'PAGE' | null;
  /** How long its page is, where it answers one. */
  page: ((variables: Variables) => number) | null;
  /** What is asked of each object, by the kinds that the object may be of. */
  kinds: readonly (readonly FieldCost[])[];
}

/** An operation's cost, as far as it is known without its variables. */
export interface CostPlan {
  fields: readonly FieldCost[];
  defaults: Variables | null;
  /** Whether it has no lists: its cost is known before it runs, whatever it answers. */
  isFixed: boolean;
  /** What keeping a stream costs, once; 0 of a query or mutation. The rest is each message's. */
  opening: number;
}

/** Every operation costs something. */
const least = 1;

/** What an operation may cost at most: lists are as long as they were asked for. */
export function requestedCost(plan: CostPlan, given: Variables | null | undefined): number {
  const variables = plan.defaults ? { ...plan.defaults, ...given } : (given ?? {});
  const known = new Map<FieldCost['kinds'], number>();

  const ofKinds = (kinds: FieldCost['kinds'], page: number): number => {
    const before = page === 0 ? known.get(kinds) : undefined;
    if (before !== undefined) return before;
    let most = 0;
    for (const fields of kinds) most = Math.max(most, ofFields(fields, page));
    // What stands in a page depends on the page; there is one such set for each connection.
    if (page === 0) known.set(kinds, most);
    return most;
  };
  const ofFields = (fields: readonly FieldCost[], page: number): number => {
    let sum = 0;
    for (const field of fields) {
      const size = field.size === 'PAGE' ? page : field.size ? field.size(variables) : 1;
      const each = field.own + ofKinds(field.kinds, field.page ? field.page(variables) : 0);
      sum += size * each + (field.input ? field.input(variables) : 0);
    }
    return sum;
  };
  return Math.max(ofFields(plan.fields, 0), least);
}

/**
 * What it did cost: lists are as long as they came out. If there are errors, what was resolved is not
 * in the answer (a null takes its neighbours with it), so all counts as done that was asked for.
 */
export function actualCost(
  plan: CostPlan,
  requested: number,
  { data, errors }: { data?: unknown; errors?: readonly unknown[] },
): number {
  if (errors?.length) return requested;
  if (data == null) return least;
  return plan.isFixed ? requested : Math.max(costOf(plan.fields, data as Answered), least);
}

/** What one message costs of a stream whose opening, with a first message, costs `whole`. */
export function messageCost({ opening }: CostPlan, whole: number): number {
  return Math.max(whole - opening, least);
}

type Answered = Readonly<Record<string, unknown>>;

function costOf(fields: readonly FieldCost[], data: Answered): number {
  let sum = 0;
  for (const { key, own, kinds } of fields) {
    const answered = data[key];
    if (answered === undefined) continue;
    if (!Array.isArray(answered)) {
      sum += own + costOfObject(kinds, answered);
    } else if (kinds.length === 0) {
      sum += own * answered.length;
    } else {
      for (const item of answered) sum += own + costOfObject(kinds, item);
    }
  }
  return sum;
}

/** The kinds that an object is not of find nothing of theirs in it. */
function costOfObject(kinds: FieldCost['kinds'], data: unknown): number {
  if (data === null || typeof data !== 'object') return 0;
  let most = 0;
  for (const fields of kinds) most = Math.max(most, costOf(fields, data as Answered));
  return most;
}
