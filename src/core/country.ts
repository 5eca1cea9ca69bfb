import { GraphQLCountryCode } from 'graphql-scalars';

/** Whether the text is a country of ISO 3166-1, as two capital letters. */
export function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code)) return false;
  try {
    GraphQLCountryCode.parseValue(code);
    return true;
  } catch {
    return false;
  }
}
