/*
 * Writes tables as text for spreadsheets: RFC 4180, in UTF-8. Excel recognises UTF-8 by the byte order mark.
 * The functions are pure and write no file.
 */

/** The value of a cell. Numbers and amounts come from the service; anybody may have written a text. */
export type Cell = string | number | Amount | null | undefined;

/** A decimal number as the API writes it, '12.00'. */
interface Amount {
  amount: string;
}

export interface CsvColumn<Row> {
  title: string;
  value: (row: Row) => Cell;
}

/** The notation of numbers and cells for a spreadsheet. */
export interface CsvFormat {
  separator: ',' | ';';
  decimalPoint: '.' | ',';
}

export const plainCsv: CsvFormat = { separator: ',', decimalPoint: '.' };
/** Excel in locales with a decimal comma, as in most of Europe. */
export const europeanCsv: CsvFormat = { separator: ';', decimalPoint: ',' };

const byteOrderMark = '\uFEFF';
const lineEnd = '\r\n';
/**
 * A spreadsheet runs a cell that begins with one of these signs as a formula. The file may be opened
 * with a separator that it was not written for, so the place after each separator and each line break
 * counts as a beginning too, with or without blanks before the sign. Sources: OWASP "CSV Injection";
 * Excel also accepts the full-width signs, LibreOffice the minus sign U+2212.
 */
const formulaStart = /(?<=^|[,;|\t\r\n])(?=[ \u00A0]*[=+\-@\t\r\n＝＋－＠\u2212])/g;

/** The file's first line. */
export function csvHead(columns: readonly CsvColumn<never>[], format: CsvFormat): string {
  return (
    byteOrderMark +
    line(
      columns.map(({ title }) => title),
      format,
    )
  );
}

/** Its further lines, one per row. */
export function csvLines<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: readonly Row[],
  format: CsvFormat,
): string {
  const write = (row: Row) =>
    line(
      columns.map(({ value }) => value(row)),
      format,
    );
  return rows.map(write).join('');
}

/** A file's name: its contents, its account and its date. */
export function csvName(what: string, slug: string, date: string): string {
  return `${what}-${slug}-${date}.csv`;
}

function line(cells: readonly Cell[], format: CsvFormat): string {
  return cells.map((cell) => writeCell(cell, format)).join(format.separator) + lineEnd;
}

function writeCell(cell: Cell, { decimalPoint }: CsvFormat): string {
  if (cell == null) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'object') return cell.amount.replace('.', decimalPoint);
  // An apostrophe makes a spreadsheet read the cell as text.
  return `"${cell.replace(formulaStart, "'").replaceAll('"', '""')}"`;
}
