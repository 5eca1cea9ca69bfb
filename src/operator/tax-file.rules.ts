import { isCountry } from '../core/country';
import type { TaxRateRow } from '../db/tables/tax-rate';
import { readCsv, type CsvRow } from './csv-file';
import {
  planListChanges,
  type FileItem,
  type ListChanges,
  type ListRules,
} from './list-changes.rules';

export type Tax = Pick<
  TaxRateRow,
  'country' | 'category' | 'basisPoints' | 'validFrom' | 'validTo'
>;

const shape = {
  items: 'rates',
  required: ['country', 'category', 'rate'],
  optional: ['valid_from', 'valid_to'],
};

/** Day passes are one kind of goods: a country has one rate for them at a time, of any category. */
const rules: ListRules<Tax> = {
  item: 'rate',
  keyOf: ({ country }) => country,
  valueOf: ({ category, basisPoints }) => `${category} ${basisPoints}`,
};

/** Reads the text of a file of tax rates. Throws an OperatorRefusal that names the line. */
export function readTaxFile(text: string): FileItem<Tax>[] {
  return readCsv(text, shape).map(readTax);
}

/** As for prices: a rate that has begun never changes. */
export function planTaxChanges(
  list: readonly Tax[],
  file: readonly FileItem<Tax>[],
  now: Date,
): ListChanges<Tax> {
  return planListChanges<Tax>({ list, file, now }, rules);
}

function readTax(row: CsvRow): FileItem<Tax> {
  const [country, category] = [row.text('country'), row.text('category')];
  if (!isCountry(country)) {
    row.refuse(`${country || 'an empty text'} is not a country of ISO 3166-1, e.g. DE`);
  }
  if (['AE', 'G', 'O'].includes(category)) {
    row.refuse(`the category ${category} has no rate: it follows from seller and buyer`);
  }
  if (category !== 'S' && category !== 'Z' && category !== 'E') {
    const known = 'S (standard), Z (zero rate) or E (exempt)';
    return row.refuse(`${category || 'an empty text'} is not a category; use ${known}`);
  }
  const basisPoints = readRate(row);
  if ((category === 'S') !== basisPoints > 0) {
    row.refuse(
      category === 'S'
        ? 'the rate of category S must be above 0; use Z for a zero rate'
        : `the rate of category ${category} must be 0`,
    );
  }
  return { line: row.line, country, category, basisPoints, ...row.validity() };
}

function readRate(row: CsvRow): number {
  const written = row.text('rate');
  const [, whole = '', fraction = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(written) ?? [];
  const basisPoints = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  if (whole !== '' && basisPoints <= 10_000) return basisPoints;
  return row.refuse(`rate ${written} must be a percentage, 0 to 100, e.g. 19.00`);
}
