import { isCurrency } from '../core/currency';
import { parseMinor } from '../core/money';
import type { DayPassPriceRow } from '../db/tables/day-pass-price';
import { readCsv, type CsvRow } from './csv-file';
import type { FileItem } from './list-changes.rules';

export type Price = Omit<DayPassPriceRow, 'example'>;

/** One price of an operator's file. */
export type FilePrice = FileItem<Price>;

const shape = {
  items: 'prices',
  required: ['plan', 'currency', 'minimum_quantity', 'unit_price'],
  optional: ['pack_size', 'valid_from', 'valid_to'],
};

const quantityMax = 1_000_000;
/** So that a purchase of the highest quantity is still counted exactly. */
const minorMax = 1_000_000_000;

/** Reads the text of a price file. Throws an OperatorRefusal that names the line. */
export function readPriceFile(text: string): FilePrice[] {
  return readCsv(text, shape).map(readPrice);
}

function readPrice(row: CsvRow): FilePrice {
  const [plan, currency] = [row.text('plan'), row.text('currency')];
  if (!/^[\w.-]{1,50}$/.test(plan)) {
    row.refuse('plan must be 1 to 50 letters, digits, dots, hyphens and underscores');
  }
  if (!isCurrency(currency)) {
    row.refuse(`${currency || 'an empty text'} is not a currency of ISO 4217`);
  }
  const unitPrice = row.text('unit_price');
  const unitPriceMinor =
    parseMinor(unitPrice, currency) ??
    row.refuse(
      `unit_price ${unitPrice} is not an amount of ${currency}, e.g. 11.00 with a decimal point`,
    );
  if (unitPriceMinor > minorMax) row.refuse(`unit_price ${unitPrice} is too high`);
  return {
    line: row.line,
    plan,
    currency,
    minimumQuantity: count(row, 'minimum_quantity'),
    unitPriceMinor,
    packSize: row.text('pack_size') ? count(row, 'pack_size') : 1,
    ...row.validity(),
  };
}

function count(row: CsvRow, column: string): number {
  const text = row.text(column);
  const number = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= quantityMax) return number;
  return row.refuse(`${column} must be a whole number, 1 to ${quantityMax}`);
}
