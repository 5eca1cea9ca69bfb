/*
 * Tables as files for spreadsheets: RFC 4180, in UTF-8 with a byte order mark, by which Excel knows it.
 * Pure: what is written where, and when, is for others to say.
 */

/** What stands in a cell. Numbers are ours; texts may be anybody's. */
export type Cell = string | number | null | undefined;

export interface CsvColumn<Row> {
  title: string;
  value: (row: Row) => Cell;
}

const byteOrderMark = '\uFEFF';
const lineEnd = '\r\n';
/** A spreadsheet takes what begins so for a formula and runs it. */
const beginsFormula = /^[=+\-@\t\r]/;
const needsQuotes = /[",\r\n]/;

/** The file's first line. */
export function csvHead(columns: readonly CsvColumn<never>[]): string {
  return byteOrderMark + line(columns.map(({ title }) => title));
}

/** Its further lines, one a row. */
export function csvLines<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  return rows.map((row) => line(columns.map(({ value }) => value(row)))).join('');
}

/** A file's name: what is in it, whose it is, of which date. */
export function csvName(what: string, slug: string, date: string): string {
  return `${what}-${slug}-${date}.csv`;
}

function line(cells: readonly Cell[]): string {
  return cells.map(writeCell).join(',') + lineEnd;
}

function writeCell(cell: Cell): string {
  if (cell == null) return '';
  if (typeof cell === 'number') return String(cell);
  // An apostrophe says to a spreadsheet: a text, whatever it looks like.
  const harmless = beginsFormula.test(cell) ? `'${cell}` : cell;
  return needsQuotes.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
