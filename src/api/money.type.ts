import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { Field, ObjectType } from 'type-graphql';
import { formatMinor } from '../core/money';

/** A decimal number as a text; in the code a string of the same form. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  specifiedByURL: 'https://www.w3.org/TR/xmlschema11-2/#decimal',
  description:
    'An amount of money as a decimal string, e.g. "12.50". Never a floating-point number.',
  serialize: (value) => String(value),
  parseValue: parseDecimal,
  parseLiteral: (node) => parseDecimal(node.kind === Kind.STRING ? node.value : null),
});

function parseDecimal(value: unknown): string {
  if (typeof value === 'string' && /^\d{1,15}(\.\d{1,4})?$/.test(value)) return value;
  throw new GraphQLError('Decimal must be a string such as "12.50".');
}

@ObjectType('Money', {
  description: 'An amount of money in one currency, without tax unless the field says otherwise.',
})
export class MoneyType {
  @Field(() => DecimalScalar, {
    description: 'The amount, with the number of decimal places of its currency.',
  })
  amount!: string;

  @Field(() => String, { description: 'The currency, ISO 4217, e.g. EUR.' })
  currency!: string;
}

/** The public form of an amount in minor units. */
export function toMoney(money: { minor: number; currency: string }): MoneyType {
  return { amount: formatMinor(money), currency: money.currency };
}
