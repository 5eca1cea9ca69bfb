import { parse } from 'csv-parse/sync';
import { isCurrency } from '../core/currency';
import { parseMinor } from '../core/money';
import { OperatorRefusal } from './operator';

/** One price of an operator's file. `validFrom` is null if the price begins at the import. */
export interface FilePrice {
  /** Its line in the file, for refusals. */
  line: number;
  plan: string;
  currency: string;
  minimumQuantity: number;
  unitPriceMinor: number;
  packSize: number;
  validFrom: Date | null;
  validTo: Date | null;
}

const required = ['plan', 'currency', 'minimum_quantity', 'unit_price'];
const optional = ['pack_size', 'valid_from', 'valid_to'];

/** More rows than any price list has, and few enough for one transaction. */
const rowsMax = 10_000;
const quantityMax = 1_000_000;
/** So that a purchase of the highest quantity is still counted exactly. */
const minorMax = 1_000_000_000;

/** Reads the text of a price file. Throws an OperatorRefusal that names the line. */
export function readPriceFile(text: string): FilePrice[] {
  const records = readRecords(text);
  if (records.length === 0) throw new OperatorRefusal('file', 'has no prices');
  if (records.length > rowsMax)
    throw new OperatorRefusal('file', `has more than ${rowsMax} prices`);
  return records.map(({ record, info }) => readPrice(record, info.lines));
}

interface Parsed {
  record: Record<string, string>;
  info: { lines: number };
}

function readRecords(text: string): Parsed[] {
  try {
    return parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
      columns: (names: string[]) => checkColumns(names),
    }) as unknown as Parsed[];
  } catch (error) {
    if (error instanceof OperatorRefusal) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new OperatorRefusal('file', `is not a CSV file with a header line: ${message}`);
  }
}

function checkColumns(names: string[]): string[] {
  const missing = required.filter((name) => !names.includes(name));
  const unknown = names.filter((name) => !required.includes(name) && !optional.includes(name));
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  const wrong = [
    ...missing.map((name) => `the column ${name} is missing`),
    ...unknown.map((name) => `the column ${name} is unknown`),
    ...twice.map((name) => `the column ${name} occurs twice`),
  ];
  if (wrong.length > 0) throw new OperatorRefusal('file', wrong.join('; '));
  return names;
}

function readPrice(record: Record<string, string>, line: number): FilePrice {
  const refuse = (message: string): never => {
    throw new OperatorRefusal('file', `line ${line}: ${message}`);
  };
  const { plan = '', currency = '' } = record;
  if (!/^[\w.-]{1,50}$/.test(plan)) {
    refuse('plan must be 1 to 50 letters, digits, dots, hyphens and underscores');
  }
  if (!isCurrency(currency)) refuse(`${currency || 'an empty text'} is not a currency of ISO 4217`);
  const count = (name: string, text: string): number => {
    const number = /^\d{1,7}$/.test(text) ? Number(text) : 0;
    if (number >= 1 && number <= quantityMax) return number;
    return refuse(`${name} must be a whole number, 1 to ${quantityMax}`);
  };
  const unitPrice = record.unit_price ?? '';
  const unitPriceMinor =
    parseMinor(unitPrice, currency) ??
    refuse(
      `unit_price ${unitPrice} is not an amount of ${currency}, e.g. 11.00 with a decimal point`,
    );
  if (unitPriceMinor > minorMax) refuse(`unit_price ${unitPrice} is too high`);
  const instant = (name: string): Date | null => {
    const written = record[name] ?? '';
    if (written === '') return null;
    return (
      readInstant(written) ??
      refuse(`${name} must be a date such as 2027-01-01 (UTC) or an instant`)
    );
  };
  const [validFrom, validTo] = [instant('valid_from'), instant('valid_to')];
  if (validFrom && validTo && validTo <= validFrom) refuse('valid_to must be after valid_from');
  return {
    line,
    plan,
    currency,
    minimumQuantity: count('minimum_quantity', record.minimum_quantity ?? ''),
    unitPriceMinor,
    packSize: record.pack_size ? count('pack_size', record.pack_size) : 1,
    validFrom,
    validTo,
  };
}

const instantShape = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/** A date is its midnight in UTC. Null: it is neither a date nor an instant, e.g. 30 February. */
function readInstant(text: string): Date | null {
  if (!instantShape.test(text)) return null;
  const day = text.slice(0, 10);
  const midnight = new Date(`${day}T00:00:00Z`);
  const isDay = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
  const instant = new Date(text);
  return isDay && !Number.isNaN(instant.getTime()) ? instant : null;
}
