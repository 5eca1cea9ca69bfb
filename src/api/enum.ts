import { registerEnumType } from 'type-graphql';

/** A GraphQL enum from a table of its values' descriptions, registered under `name`. */
export function defineEnum<Name extends string>(
  name: string,
  description: string,
  descriptions: Record<Name, string>,
): { [Value in Name]: Value } {
  const names = Object.keys(descriptions) as Name[];
  const values = Object.fromEntries(names.map((value) => [value, value])) as {
    [Value in Name]: Value;
  };
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(descriptions).map(([value, text]) => [value, { description: text }]),
  ) as Record<Name, { description: string }>;
  registerEnumType(values, { name, description, valuesConfig });
  return values;
}
