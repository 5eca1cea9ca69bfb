import { digestOf } from '../../../src/core/digest';
import { newId } from '../../../src/core/ids';
import { createLog } from '../../../src/core/log';
import { connectionBounds } from '../../../src/db/data-source';
import { createWriterPool } from '../../../src/db/writer-pool';
import { creditOrder } from '../../../src/ledger/books/credit-order';
import { endDue } from '../../../src/ledger/books/end-due';
import { issueInvoice, judgeInvoicing, type Issue } from '../../../src/ledger/books/issue-invoice';
import { commandModules } from '../../../src/ledger/commands';
import { unchanged } from '../../../src/ledger/model/decision';
import type { Ledger, Order } from '../../../src/ledger/model/ledger';
import type { Outcome } from '../../../src/ledger/model/outcome';
import { AccountWriter } from '../../../src/ledger/writer/account-writer';
import type { AnyCommand, CommandModule } from '../../../src/ledger/writer/command-module';
import { kernelOf } from '../../../src/ledger/writer/kernel';
import { Posting } from '../../../src/ledger/writer/posting';
import { longBounds } from '../patience';

/** Issues a document, with the least order that it can belong to. */
export interface IssueAlone extends AnyCommand {
  kind: 'issue-alone';
  issue: Issue;
  /** Fails after the document has its number. */
  fails: boolean;
}

const issueAlone: CommandModule<IssueAlone, { invoiceId: string }> = {
  kind: 'issue-alone',
  needs: ({ issue }) => ({
    wallets: [issue.order.walletId],
    orders: [issue.order.id],
    ordering: true,
    invoicing: true,
  }),
  decide(ledger, { id, kind, issue, fails }, newRowId) {
    const refusal = judgeInvoicing(ledger);
    if (refusal) return unchanged(refusal);
    const posting = new Posting(ledger, { id }, newRowId);
    if (issue.kind === 'INVOICE' && ledger.ordering) {
      sellPasses(ledger, posting, { issue, newId: newRowId });
    } else {
      issueInvoice(ledger, posting, { ...issue, newId: newRowId });
      creditOrderOf(ledger, posting, issue);
    }
    if (fails) throw new Error(`${kind} fails on purpose`);
    const invoiceId = posting.changes.invoices[0]!.id;
    return { outcome: { status: 'accepted', result: { invoiceId } }, changes: posting.changes };
  },
};

/** Places the order of an invoice and credits its passes, which issues the invoice. */
function sellPasses(
  ledger: Ledger,
  posting: Posting,
  { issue, newId }: { issue: Issue; newId: () => string },
): void {
  const { line, tax, actor } = issue;
  const { id, number, walletId, currency, purchaseOrderNumber, termsDays } = issue.order;
  const netMinor = line.quantity * line.unitPriceMinor;
  const grossMinor = netMinor + (tax?.amountMinor ?? 0);
  const order: Order = {
    ...{ id, number, walletId, purchaseOrderNumber, netMinor, grossMinor },
    place: ledger.ordering!.lastPlace + 1,
    sequence: posting.nextSequence,
    quantity: line.quantity,
    unitPrice: { minor: line.unitPriceMinor, currency },
    tax: tax && {
      category: tax.category,
      basisPoints: tax.basisPoints,
      amountMinor: tax.amountMinor,
      note: tax.note,
    },
    termsDays: termsDays ?? 0,
    creditFirst: termsDays !== null,
    placedBy: null,
    placedAtMs: ledger.nowMs,
    ...{ creditedAtMs: null, paidAtMs: null, canceledAtMs: null },
    ...{ receivedMinor: 0, backMinor: 0, notesMinor: 0 },
  };
  posting.post({
    kind: 'DayPassOrderPlaced',
    ...{ walletId, actor, key: id, keyDigest: digestOf([id]) },
    payload: { orderId: id, number, quantity: line.quantity, netMinor, grossMinor, currency },
  });
  creditOrder(ledger, posting, { order, actor, newId });
}

/** A credit note counts in its order. */
function creditOrderOf(ledger: Ledger, posting: Posting, issue: Issue): void {
  const order = ledger.orders.get(issue.order.id)?.order;
  if (!order) return;
  const { netMinor, taxMinor } = posting.changes.invoices[0]!;
  const notesMinor = Math.min(order.grossMinor, order.notesMinor + netMinor + taxMinor);
  posting.changes.orders.set(order.id, { ...order, notesMinor });
}

/** All commands, and the one that issues a document alone. */
export const invoiceKernel = kernelOf([...commandModules, issueAlone], endDue);

/** A writer of a process of its own, which issues documents. */
export function openInvoiceWriter(databaseUrl: string): {
  issue(
    accountId: string,
    issue: Issue,
    options?: { fails?: boolean },
  ): Promise<Outcome<{ invoiceId: string }>>;
  close(): Promise<void>;
} {
  const log = createLog({ logLevel: 'silent' });
  const pool = createWriterPool(databaseUrl, 2, log, connectionBounds(longBounds));
  const writer = new AccountWriter(invoiceKernel, { pool, writersMax: 2, log, announce: () => {} });
  return {
    issue: (accountId, issue, { fails = false } = {}) =>
      writer.submit(accountId, {
        kind: 'issue-alone',
        id: newId(),
        issue,
        fails,
      } as AnyCommand) as Promise<Outcome<{ invoiceId: string }>>,
    close: () => pool.end(),
  };
}

/** An invoice over some passes at 8.80 (or 880 of the smallest unit) with 19 % tax. */
export function issueOf(
  { walletId, currency = 'EUR' }: { walletId: string; currency?: string },
  more: Partial<Issue> = {},
): Issue {
  const line = more.line ?? { item: 'DAY_PASS' as const, quantity: 3, unitPriceMinor: 880 };
  const baseMinor = line.quantity * line.unitPriceMinor;
  return {
    kind: 'INVOICE',
    order: {
      id: newId(),
      number: 'O-1',
      walletId,
      currency,
      purchaseOrderNumber: null,
      termsDays: 30,
    },
    line,
    tax: {
      category: 'S',
      basisPoints: 1900,
      note: null,
      baseMinor,
      amountMinor: Math.round((baseMinor * 19) / 100),
    },
    actor: null,
    ...more,
  };
}

/** Enters a seller, as the operator does. */
export async function enterSeller(db: {
  query(sql: string, values: unknown[]): Promise<unknown>;
}): Promise<void> {
  const party = {
    name: 'Daypass Vertrieb GmbH',
    addressLines: ['Deichstraße 1'],
    postalCode: '20459',
    city: 'Hamburg',
    region: null,
    country: 'DE',
    vatId: 'DE123456789',
    registrationId: null,
    electronicAddress: null,
  };
  await db.query(
    `insert into sellers (id, party, invoice_prefix, payment_account, set_at, set_by)
     values ($1, $2, 'INV', 'IBAN DE02 1203 0000 0000 2020 51', now(), 'a test')`,
    [newId(), JSON.stringify(party)],
  );
}

/** Enters the account as its invoices name it. */
export async function enterBuyer(
  db: { query(sql: string, values: unknown[]): Promise<unknown> },
  accountId: string,
  more: object = {},
): Promise<void> {
  const buyer = {
    name: 'Kestrel IT GmbH',
    addressLines: ['Hafenstraße 12'],
    postalCode: '20457',
    city: 'Hamburg',
    region: null,
    country: 'DE',
    vatId: null,
    registrationId: null,
    electronicAddress: null,
    ...more,
  };
  await db.query(
    `insert into billing (account_id, buyer) values ($1, $2)
     on conflict (account_id) do update set buyer = excluded.buyer`,
    [accountId, JSON.stringify(buyer)],
  );
}
