import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { connectionTypeOf, PageArgs, type Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { readPage } from '../api/read-page';
import { DateScalar } from '../api/scalars';
import type { InvoiceKind } from '../ledger/books/invoice-document';
import { invoiceList, invoicesById } from './invoice.queries';
import { InvoiceKindEnum, InvoiceType, toInvoice } from './invoice.type';

const InvoiceConnection = connectionTypeOf(
  'Invoice',
  () => InvoiceType,
  'A page of a list of invoices and credit notes, newest first.',
);

@InputType({ description: 'Which invoices and credit notes to list. All given values must match.' })
class InvoiceFilter {
  @Field(() => InvoiceKindEnum, { nullable: true, description: 'Only documents of this kind.' })
  kind?: InvoiceKind | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Only documents that were issued on this date or later.',
  })
  from?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Only documents that were issued on this date or earlier.',
  })
  to?: string | null;

  @Field(() => String, { nullable: true, description: 'Only the document with this number.' })
  number?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'true: only invoices of which something is still to be paid; false: only the other documents.',
  })
  open?: boolean | null;
}

@ArgsType()
class InvoicesArgs extends PageArgs {
  @Field(() => InvoiceFilter, {
    nullable: true,
    description: 'Which documents to list. Default: all of the account.',
  })
  filter?: InvoiceFilter | null;
}

@Resolver(() => InvoiceType)
export class InvoicesResolver {
  @Query(() => InvoiceConnection, {
    nullable: true,
    description:
      'The invoices and credit notes of the account, newest first. For account admins, with or without access to the agent portal; an API key needs the scope billing:read.',
  })
  async invoices(
    @Args(() => InvoicesArgs) { filter, ...page }: InvoicesArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<InvoiceType>> {
    await context.permissions.require('billing:read');
    const list = invoiceList(context.account.scope, filter ?? {});
    return readPage(context.account.scope, list, page, toInvoice);
  }

  @FieldResolver(() => InvoiceType, {
    nullable: true,
    description: 'The invoice that a credit note takes back from; null for an invoice.',
  })
  async corrects(
    @Root() { row }: InvoiceType,
    @Ctx() context: RequestContext,
  ): Promise<InvoiceType | null> {
    if (row.correctsId === null) return null;
    return toInvoice(await context.reads.loadExisting(invoicesById, row.correctsId));
  }
}

export const loadInvoiceNode: NodeLoader = async (context, rowId) => {
  await context.permissions.require('billing:read');
  const row = await context.reads.load(invoicesById, rowId);
  return row && toInvoice(row);
};
