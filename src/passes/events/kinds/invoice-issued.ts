import { Ctx, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../../api/context';
import { invoicesById } from '../../../invoices/invoice.queries';
import { InvoiceType, toInvoice } from '../../../invoices/invoice.type';
import { DayPassEvent } from '../event.type';

@ObjectType({
  implements: DayPassEvent,
  description: 'An invoice or a credit note was issued. The balance does not change.',
})
export class InvoiceIssued extends DayPassEvent {
  invoiceId!: string;
}

@Resolver(() => InvoiceIssued)
export class InvoiceIssuedResolver {
  @FieldResolver(() => InvoiceType, {
    nullable: true,
    description: 'The document; null for callers without the permission billing:read.',
  })
  async invoice(
    @Root() { invoiceId }: InvoiceIssued,
    @Ctx() context: RequestContext,
  ): Promise<InvoiceType | null> {
    if (!(await context.permissions.has('billing:read'))) return null;
    return toInvoice(await context.reads.loadExisting(invoicesById, invoiceId));
  }
}
