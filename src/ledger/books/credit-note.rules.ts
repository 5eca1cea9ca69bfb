import { taxOn } from './tax.rules';

/*
 * How much tax a credit note gives back. The tax is that of everything credited so far, less what
 * earlier notes gave back, so that the rounding errors of the parts cannot add up: crediting an invoice
 * in any parts gives back exactly its net and its tax. Pure, in minor units, without floating-point
 * numbers.
 */

/** The net amount and the tax of a document, or of all credit notes on it together. */
export interface NetAndTax {
  netMinor: number;
  taxMinor: number;
}

interface Credit {
  invoiced: NetAndTax;
  /** The sum of the earlier notes on the same invoice. */
  credited: NetAndTax;
  /** The rate of the invoice; 0 if it has no tax line. */
  basisPoints: number;
}

/**
 * A note over a net amount: that of passes which are taken back. Throws an Error if it is too much.
 * @public
 */
export function creditNet(
  { invoiced, credited, basisPoints }: Credit,
  netMinor: number,
): NetAndTax {
  const left = leftOf({ invoiced, credited, basisPoints });
  bounded(netMinor, left.netMinor);
  if (netMinor === left.netMinor) return left;
  const taxDue = taxOn(credited.netMinor + netMinor, basisPoints) - credited.taxMinor;
  return { netMinor, taxMinor: clamp(taxDue, left.taxMinor) };
}

/**
 * A note over a gross amount: money that was given back. Its net amount is that of all money that was
 * given back so far, half up, and its tax is the difference. Throws an Error if it is too much.
 */
export function creditGross(
  { invoiced, credited, basisPoints }: Credit,
  grossMinor: number,
): NetAndTax {
  const left = leftOf({ invoiced, credited, basisPoints });
  bounded(grossMinor, left.netMinor + left.taxMinor);
  const gross = credited.netMinor + credited.taxMinor + grossMinor;
  const netDue = netOf(gross, basisPoints) - credited.netMinor;
  // Neither part may be more than is left of it, or more than the whole note.
  const most = Math.min(left.netMinor, grossMinor);
  const netMinor = Math.max(clamp(netDue, most), grossMinor - left.taxMinor);
  return { netMinor, taxMinor: grossMinor - netMinor };
}

/** What has not been credited yet. */
export function leftOf({ invoiced, credited }: Credit): NetAndTax {
  return {
    netMinor: invoiced.netMinor - credited.netMinor,
    taxMinor: invoiced.taxMinor - credited.taxMinor,
  };
}

/** The net amount in a gross amount, half up. */
function netOf(grossMinor: number, basisPoints: number): number {
  const divisor = BigInt(10_000 + basisPoints);
  return Number((BigInt(grossMinor) * 20_000n + divisor) / (divisor * 2n));
}

function clamp(minor: number, most: number): number {
  return Math.max(0, Math.min(minor, most));
}

function bounded(minor: number, most: number): void {
  if (!Number.isSafeInteger(minor) || minor <= 0 || minor > most) {
    throw new Error(`Not an amount that can be credited: ${minor} of ${most}`);
  }
}
