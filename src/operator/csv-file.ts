import { parse } from 'csv-parse/sync';
import { OperatorRefusal } from './operator';

/** What a file of the operator's contains. */
export interface CsvShape {
  /** In the plural, for refusals: prices. */
  items: string;
  required: readonly string[];
  optional: readonly string[];
}

/** One row of a file: the texts by column, and refusals that name the line. */
export class CsvRow {
  constructor(
    private readonly record: Readonly<Record<string, string>>,
    /** Its line in the file. */
    readonly line: number,
  ) {}

  text(column: string): string {
    return this.record[column] ?? '';
  }

  /** The instant in a column; null if the column is empty or missing. */
  instant(column: string): Date | null {
    const written = this.text(column);
    if (written === '') return null;
    return (
      readInstant(written) ??
      this.refuse(`${column} must be a date such as 2027-01-01 (UTC) or an instant`)
    );
  }

  /** When the row's value is valid. A missing beginning is the time of the import. */
  validity(): { validFrom: Date | null; validTo: Date | null } {
    const [validFrom, validTo] = [this.instant('valid_from'), this.instant('valid_to')];
    if (validFrom && validTo && validTo <= validFrom) {
      this.refuse('valid_to must be after valid_from');
    }
    return { validFrom, validTo };
  }

  refuse(message: string): never {
    throw new OperatorRefusal('file', `line ${this.line}: ${message}`);
  }
}

/** More rows than any such list has, and few enough for one transaction. */
const rowsMax = 10_000;

/** The rows of a CSV file with a header line. Throws an OperatorRefusal. */
export function readCsv(text: string, shape: CsvShape): CsvRow[] {
  const records = readRecords(text, shape);
  const { items } = shape;
  if (records.length === 0) throw new OperatorRefusal('file', `has no ${items}`);
  if (records.length > rowsMax) {
    throw new OperatorRefusal('file', `has more than ${rowsMax} ${items}`);
  }
  return records.map(({ record, info }) => new CsvRow(record, info.lines));
}

interface Parsed {
  record: Record<string, string>;
  info: { lines: number };
}

function readRecords(text: string, shape: CsvShape): Parsed[] {
  try {
    return parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
      columns: (names: string[]) => checkColumns(names, shape),
    }) as unknown as Parsed[];
  } catch (error) {
    if (error instanceof OperatorRefusal) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new OperatorRefusal('file', `is not a CSV file with a header line: ${message}`);
  }
}

function checkColumns(names: string[], { required, optional }: CsvShape): string[] {
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
