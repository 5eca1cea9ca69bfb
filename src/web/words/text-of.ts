/**
 * The text of a name that comes from an address or from the service; undefined if it has none. A plain look-up
 * would also find `constructor` and the other names that every object has.
 */
export function textOf(texts: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}
