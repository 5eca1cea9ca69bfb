import { canonicalDigest, canonicalJson, type JsonValue } from '../../core/canonical-json';
import { formatMinor } from '../../core/money';
import type { Invoice } from '../model/ledger';
import type { StoredEntry } from '../rows/entry';
import type { MadeRow } from '../writer/seal-entries';
import type { EntryPayload } from './entry-payload';

/** Net and tax of an invoice that no credit note has taken back yet. */
interface Left {
  netMinor: number;
  taxMinor: number;
}

/**
 * The invoices and credit notes of the entries so far: each series is 1, 2, 3 in the order of the
 * entries, each document is the text whose digest is in its entry, and the notes of an invoice credit
 * no more than it has.
 */
export class InvoicesSoFar {
  /** The last number of each series. */
  readonly series = new Map<string, number>();
  private readonly left = new Map<string, Left>();

  /** Adds the document of an entry; returns what is wrong with it, or null. */
  add(entry: StoredEntry, payload: EntryPayload, made: MadeRow): string | null {
    if (entry.kind !== 'InvoiceIssued' || !made || !('document' in made)) return null;
    return (
      judgeEntry(payload, made) ?? judgeDocument(made) ?? this.number(made) ?? this.credit(made)
    );
  }

  private number({ series, place }: Invoice): string | null {
    const expected = (this.series.get(series) ?? 0) + 1;
    if (place !== expected) return `its invoice is ${series}-${place}, but ${expected} is next`;
    this.series.set(series, place);
    return null;
  }

  private credit({ id, kind, correctsId, netMinor, taxMinor }: Invoice): string | null {
    if (kind === 'INVOICE') {
      this.left.set(id, { netMinor, taxMinor });
      return null;
    }
    const before = this.left.get(correctsId ?? '');
    if (!before) return 'it credits an invoice that no earlier entry issued';
    const left = { netMinor: before.netMinor - netMinor, taxMinor: before.taxMinor - taxMinor };
    if (left.netMinor < 0 || left.taxMinor < 0)
      return 'it credits more than is left of its invoice';
    this.left.set(correctsId!, left);
    return null;
  }
}

function judgeEntry(payload: EntryPayload, row: Invoice): string | null {
  const { netMinor, taxMinor, currency, digest } = payload;
  const entered = { number: payload.number, netMinor, taxMinor, currency, digest };
  const stored = { ...row, number: numberOf(row) };
  const fields = Object.keys(entered) as (keyof typeof entered)[];
  const astray = fields.find((field) => entered[field] !== stored[field]);
  return astray ? `the ${astray} of its invoice differs from the entry` : null;
}

/** The columns are copies of what the document states. */
function judgeDocument(row: Invoice): string | null {
  const { currency } = row;
  const document = JSON.parse(row.document) as Record<string, JsonValue>;
  if (canonicalDigest(document) !== row.digest) return 'the document of its invoice was changed';
  if (canonicalJson(document) !== row.document) return 'the document is not in its canonical form';
  const stated = {
    kind: row.kind,
    number: numberOf(row),
    issuedOn: row.issuedOn,
    dueOn: row.dueOn,
    currency,
    net: formatMinor({ minor: row.netMinor, currency }),
    tax: formatMinor({ minor: row.taxMinor, currency }),
    gross: formatMinor({ minor: row.netMinor + row.taxMinor, currency }),
  };
  const fields = Object.keys(stated) as (keyof typeof stated)[];
  const astray = fields.find((field) => document[field] !== stated[field]);
  return astray ? `the ${astray} of its invoice differs from its document` : null;
}

function numberOf({ series, place }: Pick<Invoice, 'series' | 'place'>): string {
  return `${series}-${place}`;
}
