/**
 * Continues with a value: at once if it is there, or when its promise resolves. A page has hundreds
 * of objects, and a promise for each costs more than reading them.
 */
export function whenThere<Value, Result>(
  value: Value | PromiseLike<Value>,
  next: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> {
  return isPromiseLike(value) ? (value.then(next) as Promise<Result>) : next(value);
}

function isPromiseLike<Value>(value: Value | PromiseLike<Value>): value is PromiseLike<Value> {
  return typeof (value as PromiseLike<Value> | null)?.then === 'function';
}
