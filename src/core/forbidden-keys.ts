/**
 * Why an object is refused for a key with which libraries that copy objects would change what all
 * objects inherit; null if it is not. It looks at the object alone, not into it.
 */
export function refuseKeys(object: object): string | null {
  if (Object.hasOwn(object, '__proto__')) return 'The key "__proto__" is not allowed.';
  if (!Object.hasOwn(object, 'constructor')) return null;
  const { constructor: held } = object as { constructor: unknown };
  const isForbidden = typeof held === 'object' && held !== null && Object.hasOwn(held, 'prototype');
  return isForbidden ? 'The key "constructor" with a "prototype" in it is not allowed.' : null;
}

/** The same of an object and all that is in it, however deep. */
export function refuseKeysWithin(value: unknown): string | null {
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const refusal = refuseKeys(next);
    if (refusal) return refusal;
    for (const part of Object.values(next)) waiting.push(part);
  }
  return null;
}
