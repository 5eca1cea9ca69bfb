import { Field, InputType, ObjectType } from 'type-graphql';
import type { InvoiceParty } from '../core/invoice-party';
import type { GivenParty } from './invoice-party.rules';

@ObjectType('InvoiceParty', {
  description: 'The seller or the buyer, as invoices name it.',
})
export class InvoicePartyType implements InvoiceParty {
  @Field(() => String, { description: 'The legal name.' })
  name!: string;

  @Field(() => [String], { description: 'The lines of the address above the city, 1 to 3.' })
  addressLines!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'The postal code; null if the address has none.',
  })
  postalCode!: string | null;

  @Field(() => String, { description: 'The city.' })
  city!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The state, province or county; null if the address has none.',
  })
  region!: string | null;

  @Field(() => String, { description: 'The country, two letters of ISO 3166-1, e.g. DE.' })
  country!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The VAT id, without spaces. Its form is checked, not whether it is registered. Null if it was not entered.',
  })
  vatId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The number in the trade register; null if it was not entered.',
  })
  registrationId!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The address for e-invoices, as a scheme and an id, e.g. 0088:4035811991021; null if it was not entered.',
  })
  electronicAddress!: string | null;
}

@InputType({
  description:
    'The buyer, as invoices will name it. It replaces all earlier values: what is left out is removed.',
})
export class InvoicePartyInput implements GivenParty {
  @Field(() => String, { description: 'The legal name, 1 to 200 characters.' })
  name!: string;

  @Field(() => [String], {
    description: 'The lines of the address above the city, 1 to 3 of 1 to 200 characters.',
  })
  addressLines!: string[];

  @Field(() => String, { nullable: true, description: 'The postal code, up to 20 characters.' })
  postalCode?: string | null;

  @Field(() => String, { description: 'The city, 1 to 100 characters.' })
  city!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The state, province or county, up to 100 characters.',
  })
  region?: string | null;

  @Field(() => String, { description: 'The country, two capital letters of ISO 3166-1, e.g. DE.' })
  country!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The VAT id, with or without spaces. Its form is checked.',
  })
  vatId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The number in the trade register, up to 50 characters.',
  })
  registrationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The address for e-invoices: a scheme and an id, e.g. 0088:4035811991021 or EM:invoices@company.example.',
  })
  electronicAddress?: string | null;
}
