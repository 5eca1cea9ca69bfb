import { Field, ID, ObjectType } from 'type-graphql';
import { Node } from '../api/node';
import { DateTimeScalar, TimeZoneScalar } from '../api/scalars';

@ObjectType('Account', {
  implements: Node,
  description: 'One managed service provider (MSP): the tenant. Nothing crosses an account.',
})
export class AccountType implements Node {
  @Field(() => ID, { description: 'The opaque id of this account.' })
  id!: string;

  @Field(() => String, { description: 'The short name in addresses, e.g. northlight.' })
  slug!: string;

  @Field(() => String, { description: 'The name that people read.' })
  name!: string;

  @Field(() => String, { description: 'The subscription plan; it decides the price of a pass.' })
  plan!: string;

  @Field(() => String, { description: 'The currency of its prices, ISO 4217.' })
  currency!: string;

  @Field(() => TimeZoneScalar, { description: 'The zone in which the account itself works.' })
  timeZone!: string;

  @Field(() => Boolean, {
    description:
      'Whether agents are sent e-mails. Who is invited while they are not gets no activation link: switch them on, then invite the same address again.',
  })
  emailNotificationsEnabled!: boolean;

  @Field(() => Boolean, {
    description:
      "Whether agents may use day passes in portal sessions. There a partner's page shows the notice, and the consent is the partner's word. If false, the gate denies with SESSION_NOT_PERMITTED and agents have to sign in.",
  })
  allowSessionConsume!: boolean;

  @Field(() => Boolean, { description: 'A sandbox account has a test clock of its own.' })
  sandbox!: boolean;

  @Field(() => DateTimeScalar, {
    description:
      "The account's present instant: the database's clock, plus the test clock's offset in a sandbox.",
  })
  now!: number;
}
