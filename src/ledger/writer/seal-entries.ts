import { createHash } from 'node:crypto';
import type { Consent, Consumption, Entry, Invoice, Lot, Order } from '../model/ledger';

/** The version of the text that is hashed; it changes when a field is added to it. */
const format = 1;

/** An entry with its place in the chain. Hashes are hexadecimal. */
export interface SealedEntry extends Entry {
  /** Exactly the text that is stored and hashed. */
  payloadText: string;
  hash: string;
}

/** The row that an entry made: its unchanging columns are part of the entry's hash. */
export type MadeRow = Consumption | Invoice | Lot | Order | null;

/** The hash before the first entry of an account's journal. */
export function genesisHash(accountId: string): string {
  return sha256(`daypass journal ${format} of ${accountId}`);
}

/**
 * Seals an entry to the one before it: SHA-256 over the format's version, the previous hash and one
 * canonical text of all its fields (fixed order, instants in milliseconds, numbers in decimal).
 */
export function sealEntry(
  accountId: string,
  previousHash: string,
  entry: Entry,
  made: MadeRow,
): SealedEntry {
  const payloadText = JSON.stringify(entry.payload);
  const hash = hashEntry(accountId, previousHash, { ...entry, payloadText }, made);
  return { ...entry, payloadText, hash };
}

/** The hash of an entry as it was stored; `daypass verify` computes it again. */
export function hashEntry(
  accountId: string,
  previousHash: string,
  entry: Omit<SealedEntry, 'hash' | 'payload'>,
  made: MadeRow,
): string {
  const fields = [
    accountId,
    entry.sequence,
    entry.id,
    entry.kind,
    entry.walletId,
    entry.walletSequence,
    entry.delta,
    entry.balance,
    entry.actor?.kind ?? null,
    entry.actor?.id ?? null,
    entry.agentId,
    entry.consumptionId,
    entry.occurredAtMs,
    entry.key,
    entry.keyDigest,
    entry.commandId,
    entry.payloadText,
    made && digestOf(made),
  ];
  return sha256(`${format}\n${previousHash}\n${JSON.stringify(fields)}`);
}

function digestOf(row: Exclude<MadeRow, null>): string {
  return sha256(JSON.stringify(fieldsOf(row)));
}

function fieldsOf(row: Exclude<MadeRow, null>): unknown[] {
  if ('agentId' in row) return consumptionFields(row);
  if ('grossMinor' in row) return orderFields(row);
  return 'document' in row ? invoiceFields(row) : lotFields(row);
}

/** Without the instants at which it is credited or canceled: entries of their own record these. */
function orderFields(row: Order): unknown[] {
  return [
    row.id,
    row.number,
    row.walletId,
    row.sequence,
    row.quantity,
    [row.unitPrice.minor, row.unitPrice.currency],
    row.netMinor,
    row.tax && [row.tax.category, row.tax.basisPoints, row.tax.amountMinor, row.tax.note],
    row.grossMinor,
    row.termsDays,
    row.creditFirst,
    row.purchaseOrderNumber,
    row.placedBy,
    row.placedAtMs,
  ];
}

/** The document's text is in it by its digest. */
function invoiceFields(row: Invoice): unknown[] {
  return [
    row.id,
    row.kind,
    row.series,
    row.place,
    row.orderId,
    row.correctsId,
    row.walletId,
    row.sequence,
    row.issuedOn,
    row.dueOn,
    row.quantity,
    row.netMinor,
    row.taxMinor,
    row.currency,
    row.digest,
    row.issuedAtMs,
  ];
}

function consumptionFields(row: Consumption): unknown[] {
  return [
    row.id,
    row.agentId,
    row.walletId,
    row.lotId,
    row.ticketId,
    row.clientId,
    row.source,
    row.confirmationId,
    row.sequence,
    row.timeZone,
    row.utcOffsetMinutes,
    row.tzdataVersion,
    row.localDate,
    row.startsAtMs,
    row.expiresAtMs,
    row.emergency,
    row.price && [row.price.minor, row.price.currency],
    row.consent && consentFields(row.consent),
  ];
}

/** A session's key was added later: without one, the text is the same as before. */
function consentFields({ notice, locale, atMs, sessionKeyId }: Consent): unknown[] {
  const fields = [notice, locale, atMs];
  return sessionKeyId === null ? fields : [...fields, sessionKeyId];
}

function lotFields(row: Lot): unknown[] {
  return [
    row.id,
    row.walletId,
    row.sequence,
    row.quantity,
    row.priority,
    row.unitPrice && [row.unitPrice.minor, row.unitPrice.currency],
    row.expiresAtMs,
    row.createdAtMs,
  ];
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
