/** The choices of a select, from the texts of an enumeration. */
export function choicesOf<Value extends string>(
  texts: Readonly<Record<Value, string>>,
): { value: Value; label: string }[] {
  return (Object.keys(texts) as Value[]).map((value) => ({ value, label: texts[value] }));
}
