import { refuseKeys } from '../core/forbidden-keys';

/**
 * The limits of variables, independent of the operation: no input of the schema is deeper or has
 * more fields. graphql-js prints a whole object for each of its fields that is unknown.
 */
const most = { depth: 16, fieldsOfObject: 200, values: 20_000 };

/** Why the variables are refused; null if they are not. Work is linear, and ends at the bounds. */
export function refuseVariables(variables: unknown): string | null {
  let left = most.values;
  const refuse = (value: unknown, depth: number): string | null => {
    left -= 1;
    if (left < 0) return `The variables have more than ${most.values} values.`;
    if (typeof value !== 'object' || value === null) return null;
    if (depth > most.depth) return `The variables are more than ${most.depth} levels deep.`;
    const forbidden = refuseKeys(value);
    if (forbidden) return forbidden;
    const parts = Array.isArray(value) ? (value as unknown[]) : Object.values(value);
    if (!Array.isArray(value) && parts.length > most.fieldsOfObject) {
      return `An object in the variables has more than ${most.fieldsOfObject} fields.`;
    }
    for (const part of parts) {
      const refusal = refuse(part, depth + 1);
      if (refusal) return refusal;
    }
    return null;
  };
  return refuse(variables, 0);
}
