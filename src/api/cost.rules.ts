/** Values of variables: as sent, or the operation's defaults. */
export type Variables = Readonly<Record<string, unknown>>;

/** What a field of an operation adds to its cost. Fields that add nothing are left out. */
export interface FieldCost {
  /** Its name in the response. */
  key: string;
  /** Its own cost, for each object that it returns. */
  own: number;
  /** The cost of its input. */
  input: ((variables: Variables) => number) | null;
  /**
   * How many objects it returns; `PAGE`: as many as the page that contains it. One if it is null.
   */
  size: ((variables: Variables) => number) | 'PAGE' | null;
  /** The size of its page, if it returns one. */
  page: ((variables: Variables) => number) | null;
  /** The assumed length of its list of scalars or enums; null if it is no such list. */
  values: number | null;
  /** The selection on each object, by the kinds that the object may have. */
  kinds: readonly (readonly FieldCost[])[];
}

/** An operation's cost, as far as it is known without its variables. */
export interface CostPlan {
  fields: readonly FieldCost[];
  defaults: Variables | null;
  /** Whether it has no lists: then its cost is known before it runs. */
  isFixed: boolean;
  /**
   * The cost of opening a stream, once; 0 for a query or mutation. The rest is charged for each
   * message.
   */
  opening: number;
}

/** Every operation costs something. */
const least = 1;

/** The highest cost of an operation: lists have their requested length. */
export function requestedCost(plan: CostPlan, given: Variables | null | undefined): number {
  const variables = plan.defaults ? { ...plan.defaults, ...given } : (given ?? {});
  const known = new Map<FieldCost['kinds'], number>();

  const ofKinds = (kinds: FieldCost['kinds'], page: number): number => {
    const before = page === 0 ? known.get(kinds) : undefined;
    if (before !== undefined) return before;
    let most = 0;
    for (const fields of kinds) most = Math.max(most, ofFields(fields, page));
    // The content of a page depends on the page; there is one such set for each connection.
    if (page === 0) known.set(kinds, most);
    return most;
  };
  const ofFields = (fields: readonly FieldCost[], page: number): number => {
    let sum = 0;
    for (const field of fields) {
      const size = field.size === 'PAGE' ? page : field.size ? field.size(variables) : 1;
      const content = ofKinds(field.kinds, field.page ? field.page(variables) : 0);
      const each = field.own + costOfValues(field.values ?? 0) + content;
      sum += size * each + (field.input ? field.input(variables) : 0);
    }
    return sum;
  };
  return Math.max(ofFields(plan.fields, 0), least);
}

/**
 * The actual cost: lists have their real length. If there are errors, the answer does not show what
 * was resolved (a null removes its neighbours too), so everything that was requested counts.
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

/** The cost of one message of a stream whose opening, with a first message, costs `whole`. */
export function messageCost({ opening }: CostPlan, whole: number): number {
  return Math.max(whole - opening, least);
}

type Answered = Readonly<Record<string, unknown>>;

function costOf(fields: readonly FieldCost[], data: Answered): number {
  let sum = 0;
  for (const { key, own, values, kinds } of fields) {
    const answered = data[key];
    if (answered === undefined) continue;
    if (values !== null) {
      sum += own + costOfValues(Array.isArray(answered) ? answered.length : 0);
    } else if (!Array.isArray(answered)) {
      sum += own + costOfObject(kinds, answered);
    } else if (kinds.length === 0) {
      sum += own * answered.length;
    } else {
      for (const item of answered) sum += own + costOfObject(kinds, item);
    }
  }
  return sum;
}

/** Ten short values are about as long as the fields of an object, which costs 1. */
const valuesPerCost = 10;

function costOfValues(length: number): number {
  return Math.ceil(length / valuesPerCost);
}

/** Kinds that do not match the object add nothing. */
function costOfObject(kinds: FieldCost['kinds'], data: unknown): number {
  if (data === null || typeof data !== 'object') return 0;
  let most = 0;
  for (const fields of kinds) most = Math.max(most, costOf(fields, data as Answered));
  return most;
}
