/** The choices of a select, from the texts of an enumeration. */
export function choicesOf(
  texts: Readonly<Record<string, string>>,
): { value: string; label: string }[] {
  return Object.entries(texts).map(([value, label]) => ({ value, label }));
}
