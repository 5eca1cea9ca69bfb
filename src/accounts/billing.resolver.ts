import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseAddress } from '../api/input.rules';
import { MoneyType, toMoney } from '../api/money.type';
import { UserError, userErrorsOf } from '../api/user-error';
import { canonicalAddress } from '../core/mailbox';
import { accountOf } from './account.resolver';
import { AccountType } from './account.type';
import { billingDataById, type BillingData } from './billing.queries';
import { BillingType } from './billing.type';
import { readParty } from './invoice-party.rules';
import { InvoicePartyInput, InvoicePartyType } from './invoice-party.type';
import { updateBilling, type Billing } from './update-billing';

/** `Account.billing` is null for callers who may not read this. */
@Resolver(() => BillingType)
export class BillingResolver {
  @FieldResolver(() => InvoicePartyType, {
    nullable: true,
    description: 'The company that sells the passes; null until the operator has entered it.',
  })
  async seller(@Ctx() context: RequestContext): Promise<InvoicePartyType | null> {
    return (await dataOf(context)).seller;
  }

  @FieldResolver(() => InvoicePartyType, {
    nullable: true,
    description: 'The account, as invoices name it; null until it has been entered.',
  })
  async buyer(@Ctx() context: RequestContext): Promise<InvoicePartyType | null> {
    return (await dataOf(context)).buyer;
  }

  @FieldResolver(() => MoneyType, {
    description: 'What is owed now for passes that are in the wallets, with tax.',
  })
  async outstanding(
    @Root() { currency }: BillingType,
    @Ctx() context: RequestContext,
  ): Promise<MoneyType> {
    return toMoney({ minor: (await dataOf(context)).owedMinor, currency });
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The e-mail address for invoices; null until it has been entered.',
  })
  async billingEmail(@Ctx() context: RequestContext): Promise<string | null> {
    return (await dataOf(context)).billingEmail;
  }
}

async function dataOf(context: RequestContext): Promise<BillingData> {
  return context.reads.loadExisting(billingDataById, context.account.id);
}

@InputType({ description: 'Where invoices go. A field that is left out stays unchanged.' })
class UpdateBillingInput {
  @Field(() => InvoicePartyInput, {
    nullable: true,
    description: 'The account, as invoices will name it.',
  })
  buyer?: InvoicePartyInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'The e-mail address for invoices. Null or an empty text removes it.',
  })
  billingEmail?: string | null;
}

@ObjectType({ description: 'The result of changing where invoices go.' })
class UpdateBillingPayload {
  @Field(() => [UserError], userErrorsOf('VALIDATION_FAILED'))
  userErrors!: UserError[];
}

@Resolver(() => UpdateBillingPayload)
export class UpdateBillingResolver {
  @Mutation(() => UpdateBillingPayload, {
    nullable: true,
    description:
      'Changes the buyer and the e-mail address of future invoices. For account admins, with or without access to the agent portal; API keys cannot call it.',
  })
  async updateBilling(
    @Arg('input', () => UpdateBillingInput, { description: 'The values to change.' })
    input: UpdateBillingInput,
    @Ctx() context: RequestContext,
  ): Promise<UpdateBillingPayload> {
    await context.permissions.require('billing:update');
    const read = readInput(input);
    if ('refused' in read) return { userErrors: [read.refused] };
    await updateBilling(context.account.state, () => read.values, {
      audit: context.caller.attribution,
      nowMs: await context.reads.accountNowMs(),
    });
    return { userErrors: [] };
  }

  @FieldResolver(() => AccountType, {
    nullable: true,
    description: 'The account with its new billing; null if the request was refused.',
  })
  account(
    @Root() { userErrors }: UpdateBillingPayload,
    @Ctx() context: RequestContext,
  ): Promise<AccountType> | null {
    return userErrors.length > 0 ? null : accountOf(context);
  }
}

function readInput({
  buyer,
  billingEmail,
}: UpdateBillingInput): { values: Partial<Billing> } | { refused: UserError } {
  const values: Partial<Billing> = {};
  if (buyer) {
    const read = readParty(buyer, ['buyer']);
    if ('refused' in read) return read;
    values.buyer = read.party;
  }
  if (billingEmail !== undefined) {
    const address = billingEmail?.trim() || null;
    const refused = refuseAddress('billingEmail', address);
    if (refused) return { refused };
    values.billingEmail = address && canonicalAddress(address);
  }
  return { values };
}
