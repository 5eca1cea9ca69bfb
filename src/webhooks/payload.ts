import { z } from 'zod';
import { nodeId } from '../api/node';
import { nilId } from '../core/ids';
import { formatMinor } from '../core/money';
import { encodeCursor } from '../journal/cursor';
import type { JournalEntry } from '../journal/journal-entry';
import { isEntryKind, type EntryKind } from '../ledger/entries/entry-kinds';
import { eventTypeOf, testEventType } from './event-type.rules';

/**
 * The bodies of webhooks. They have ids, numbers and instants, and no names or texts that people
 * wrote: a receiver that needs more asks the API with these ids. `schema/webhooks` has a JSON Schema
 * for each type.
 */

/** Changes only if a field changes its meaning or is removed; fields may be added at any time. */
const apiVersion = '1';

const id = (type: string) => z.string().describe(`An id of the API, of the type ${type}.`);
const count = (text: string) => z.int().describe(text);
const currency = z.string().describe('ISO 4217, three letters.');
const instant = z.string().meta({ format: 'date-time' });
const amount = (text: string) => z.string().describe(`${text}, a decimal number.`);

/** What every entry has. */
const common = {
  accountId: id('Account'),
  entryId: id('DayPassEvent'),
  kind: z.string().describe('The name of the type of DayPassEvent.'),
  sequence: count("The number of the entry in the account's journal: 1, 2, 3, without gaps."),
  cursor: z.string().describe('Continues after this entry: `after` of streams and pages.'),
  walletId: id('DayPassWallet'),
  walletSequence: count('The number of the entry among those of its wallet.'),
  delta: count('The change of the balance.'),
  balance: count("The wallet's balance right after the entry."),
  actor: z
    .object({
      kind: z.string().describe('AGENT, API_KEY or OPERATOR; more kinds may be added.'),
      id: z.string().nullable().describe('Its id in the API; null for the operator.'),
    })
    .nullable()
    .describe('What caused the entry; null for the service itself.'),
  agentId: id('Agent').nullable(),
  consumptionId: id('DayPassConsumption').nullable(),
};

interface Extra {
  shape: z.ZodRawShape;
  read(payload: JournalEntry['payload']): object;
}

/** What entries of a kind add. A kind that is not listed adds nothing. */
const extras: Partial<Record<EntryKind, Extra>> = {
  DayPassConsumed: {
    shape: {
      emergency: z.boolean().describe('Whether the wallet was empty and the pass is owed.'),
    },
    read: ({ emergency }) => ({ emergency }),
  },
  DayPassLotExpired: {
    shape: { quantity: count('The passes that expired.') },
    read: ({ quantity }) => ({ quantity }),
  },
  DayPassWalletLow: {
    shape: { threshold: count('The threshold that the balance fell to.') },
    read: ({ threshold }) => ({ threshold }),
  },
  DayPassesGranted: {
    shape: {
      quantity: count('The passes that were granted.'),
      expiresAt: instant.nullable().describe('When unused passes expire; null: they do not.'),
    },
    read: ({ quantity, expiresAt }) => ({
      quantity,
      expiresAt: typeof expiresAt === 'number' ? new Date(expiresAt).toISOString() : null,
    }),
  },
  DayPassOrderPlaced: {
    shape: {
      orderId: id('DayPassOrder'),
      number: z.string().describe('The number of the order.'),
      quantity: count('The passes that were ordered.'),
      net: amount('The price of all, without tax'),
      gross: amount('The price of all, with tax'),
      currency,
    },
    read: (payload) => ({
      orderId: orderIdOf(payload),
      number: payload.number,
      quantity: payload.quantity,
      net: moneyOf(payload.netMinor, payload.currency),
      gross: moneyOf(payload.grossMinor, payload.currency),
      currency: payload.currency,
    }),
  },
  DayPassOrderPaid: {
    shape: {
      orderId: id('DayPassOrder'),
      received: amount('The sum of all payments of the order'),
      currency,
    },
    read: (payload) => ({
      orderId: orderIdOf(payload),
      received: moneyOf(payload.receivedMinor, payload.currency),
      currency: payload.currency,
    }),
  },
  DayPassOrderCanceled: {
    shape: { orderId: id('DayPassOrder') },
    read: (payload) => ({ orderId: orderIdOf(payload) }),
  },
  DayPassesPurchased: {
    shape: {
      purchaseId: id('DayPassPurchase'),
      quantity: count('The passes that were bought.'),
      unitPrice: amount('The price of one pass, without tax'),
      total: amount('The price of all, without tax'),
      currency,
    },
    read: ({ purchaseId, quantity, unitPriceMinor, totalMinor, currency: code }) => ({
      purchaseId: nodeId('DayPassPurchase', String(purchaseId)),
      quantity,
      unitPrice: moneyOf(unitPriceMinor, code),
      total: moneyOf(totalMinor, code),
      currency: code,
    }),
  },
  InvoiceIssued: {
    shape: {
      invoiceId: id('Invoice'),
      number: z.string().describe('The number of the invoice or the credit note.'),
      net: amount('The total without tax'),
      tax: amount('The tax'),
      currency,
      digest: z.string().describe('SHA-256 of the document, in hexadecimal.'),
    },
    read: ({ invoiceId, number, netMinor, taxMinor, currency: code, digest }) => ({
      invoiceId: nodeId('Invoice', String(invoiceId)),
      number,
      net: moneyOf(netMinor, code),
      tax: moneyOf(taxMinor, code),
      currency: code,
      digest,
    }),
  },
};

/** A kind of a newer release may have any name. */
const extraOf = (kind: string): Extra | undefined =>
  isEntryKind(kind) ? extras[kind as EntryKind] : undefined;

function envelope(type: string, data: z.ZodRawShape) {
  return z.object({
    type: z.literal(type),
    timestamp: instant.describe("When it happened, by the account's clock."),
    apiVersion: z.literal(apiVersion),
    data: z.object(data),
  });
}

/** The shape of the body for a kind of entry, or for a test. */
export function bodySchemaOf(kind: EntryKind | typeof testEventType) {
  if (kind === testEventType) return envelope(testEventType, { endpointId: id('WebhookEndpoint') });
  return envelope(eventTypeOf(kind), { ...common, ...extraOf(kind)?.shape });
}

/** A message, without what belongs to its endpoint. */
export interface Composed {
  /** The same at each try and replay. It has no dot: the signature is over `id.timestamp.body`. */
  id: string;
  body: string;
}

/** The message of an entry. */
export function composeEvent(entry: JournalEntry): Composed {
  const { accountId, kind, sequence, walletSequence, delta, balance, actor } = entry;
  const data = {
    accountId: nodeId('Account', accountId),
    entryId: nodeId('DayPassEvent', entry.id),
    kind,
    sequence,
    cursor: encodeCursor(entry),
    walletId: nodeId('DayPassWallet', entry.walletId),
    walletSequence,
    delta,
    balance,
    actor: actor && { kind: actor.kind, id: actorId(actor) },
    agentId: entry.agentId && nodeId('Agent', entry.agentId),
    consumptionId: entry.consumptionId && nodeId('DayPassConsumption', entry.consumptionId),
    ...extraOf(kind)?.read(entry.payload),
  };
  const body = bodyOf(eventTypeOf(kind), entry.occurredAtMs, data);
  return { id: `evt_${entry.id}`, body };
}

/** What a test needs: it belongs to no entry. */
interface Test {
  id: string;
  accountId: string;
  endpointId: string;
  nowMs: number;
}

/** The message of a test. */
export function composeTest({ id: testId, endpointId, nowMs }: Test): Composed {
  const data = { endpointId: nodeId('WebhookEndpoint', endpointId) };
  return { id: `evt_${testId}`, body: bodyOf(testEventType, nowMs, data) };
}

/** A message with made-up values in the shape of a kind. */
export function composeSample(kind: string, { id: testId, accountId, nowMs }: Test): Composed {
  const quantity = 1;
  const price = { unitPriceMinor: 1_000, totalMinor: 1_000, netMinor: 1_000, taxMinor: 190 };
  const order = { orderId: nilId, grossMinor: 1_190, receivedMinor: 1_190 };
  const invoice = { invoiceId: nilId, number: 'SAMPLE-1', digest: '', currency: 'EUR' };
  const { id: sampleId, body } = composeEvent({
    ...{ accountId, kind, sequence: 0, id: testId, walletId: nilId, walletSequence: 0 },
    ...{ delta: 0, balance: 10, actor: null, agentId: nilId, consumptionId: nilId },
    payload: {
      emergency: false,
      quantity,
      threshold: 10,
      purchaseId: nilId,
      ...price,
      ...order,
      ...invoice,
    },
    occurredAtMs: nowMs,
    hash: '00'.repeat(32),
  });
  const sample = JSON.parse(body) as { data: object };
  return {
    id: sampleId,
    body: JSON.stringify({ ...sample, data: { ...sample.data, test: true } }),
  };
}

function bodyOf(type: string, atMs: number, data: object): string {
  return JSON.stringify({ type, timestamp: new Date(atMs).toISOString(), apiVersion, data });
}

/** An amount of a payload, with as many decimals as its currency has. */
function moneyOf(minor: unknown, currency: unknown): string {
  return formatMinor({ minor: Number(minor), currency: String(currency) });
}

function orderIdOf({ orderId }: JournalEntry['payload']): string {
  return nodeId('DayPassOrder', String(orderId));
}

function actorId({ kind, id: rowId }: { kind: string; id: string }): string | null {
  const type = kind === 'AGENT' ? 'Agent' : kind === 'API_KEY' ? 'ApiKey' : null;
  return type && nodeId(type, rowId);
}
