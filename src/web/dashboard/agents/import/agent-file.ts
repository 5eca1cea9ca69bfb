import type { AgentType, ImportAgentRowInput } from '../../../generated/app';

/*
 * Reads a file of agents as service desks export them: Freshservice, Freshdesk, and our own export. The
 * functions are pure; the page hands in the parser of CSV.
 */

/** The most rows of one import: a larger file is split first. */
export const rowsMax = 5_000;

/** What a column of the file means. */
type Meaning = 'name' | 'firstName' | 'lastName' | 'email' | 'occasional' | 'type' | 'timeZone';

/** Titles of columns, without signs and blanks and in lower case. */
const meanings: Readonly<Record<string, Meaning>> = {
  name: 'name',
  fullname: 'name',
  agentname: 'name',
  agent: 'name',
  firstname: 'firstName',
  lastname: 'lastName',
  surname: 'lastName',
  email: 'email',
  emailaddress: 'email',
  primaryemail: 'email',
  workemail: 'email',
  agentemail: 'email',
  occasional: 'occasional',
  occasionalagent: 'occasional',
  isoccasional: 'occasional',
  agenttype: 'type',
  type: 'type',
  licensetype: 'type',
  licencetype: 'type',
  timezone: 'timeZone',
};

const types: Readonly<Record<string, AgentType>> = {
  occasional: 'OCCASIONAL',
  occasionalagent: 'OCCASIONAL',
  fulltime: 'FULL_TIME',
  fulltimeagent: 'FULL_TIME',
};
const trueWords = ['true', 'yes', 'y', '1', 'x', 'ja', 'oui', 'si', 'sí'];
const falseWords = ['false', 'no', 'n', '0', 'nein', 'non'];

/** A row of the file; `faults` names what the file itself gets wrong. */
export interface FileRow {
  id: string;
  /** Its number in a spreadsheet that opens the file: empty rows count too. */
  place: number;
  input: ImportAgentRowInput;
  faults: readonly FileFault[];
}

export type FileFault = 'typeUnknown' | 'addressTwice';

/** Why a file cannot be used. */
export type FileProblem =
  | { problem: 'empty' | 'notCsv' | 'noEmail' | 'noName' | 'tooLarge' | 'unreadable' }
  | { problem: 'tooLong'; count: number }
  /** `place` is the number of the row, as for `FileRow`. */
  | { problem: 'badQuotes'; place: number };

export type AgentFile = FileProblem | { rows: FileRow[]; unused: string[] };

/** As `parse` of csv-parse with these options: records of cells. */
export type ParseCsv = (
  text: string,
  options: {
    bom: true;
    delimiter: string;
    record_delimiter: string[];
    relax_column_count: true;
  },
) => string[][];

/** A file that was edited by several programs ends its rows in several ways. */
const rowEnds = ['\r\n', '\n', '\r'];

/** What no text has, but pictures and workbooks have. */
const binary = /[\0-\x08\x0E-\x1A\x1C-\x1F]/;

/** The agents of a file, or why it cannot be used. */
export function readAgentFile(text: string, parse: ParseCsv): AgentFile {
  if (binary.test(text)) return { problem: 'notCsv' };
  const { body, delimiter } = delimitedBy(text);
  let records: string[][];
  try {
    records = parse(body, {
      bom: true,
      delimiter,
      record_delimiter: rowEnds,
      relax_column_count: true,
    });
  } catch (error) {
    // Not read as something else: a quotation mark that is not closed would swallow the next rows.
    return { problem: 'badQuotes', place: rowsBefore(error) + 1 };
  }
  const [head, ...lines] = records
    .map((cells, at) => ({ cells, place: at + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (!head || lines.length === 0) return { problem: 'empty' };
  const titles = head.cells;
  const columns = columnsOf(titles);
  if (!columns.has('email')) return { problem: 'noEmail' };
  if (!['name', 'firstName', 'lastName'].some((one) => columns.has(one as Meaning))) {
    return { problem: 'noName' };
  }
  if (lines.length > rowsMax) return { problem: 'tooLong', count: lines.length };
  const used = new Set(columns.values());
  return {
    rows: withoutRepeats(lines.map(({ cells, place }) => rowOf(cells, columns, place))),
    unused: titles.filter((title, at) => title.trim() !== '' && !used.has(at)),
  };
}

/** The number of rows that csv-parse has read before its error. */
function rowsBefore(error: unknown): number {
  return (error as { records?: number }).records ?? 0;
}

/** Excel names the separator in a first line that is not a row, as `sep=;`. */
const separatorLine = /^\uFEFF?sep=([,;\t])(?:\r\n|\n|\r)/i;

/** The text without such a line, and the separator: most of Europe's spreadsheets write semicolons. */
function delimitedBy(text: string): { body: string; delimiter: string } {
  const named = separatorLine.exec(text);
  if (named) return { body: text.slice(named[0].length), delimiter: named[1]! };
  const [titles = ''] = text.trimStart().split(/\r\n|\n|\r/, 1);
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: titles.split(sign).length }));
  const { sign } = counts.reduce((most, one) => (one.count > most.count ? one : most));
  return { body: text, delimiter: sign };
}

/** The place of each column that means something; the first of two with the same meaning. */
function columnsOf(titles: readonly string[]): Map<Meaning, number> {
  const columns = new Map<Meaning, number>();
  titles.forEach((title, at) => {
    const word = bare(title);
    const meaning = Object.hasOwn(meanings, word) ? meanings[word] : undefined;
    if (meaning && !columns.has(meaning)) columns.set(meaning, at);
  });
  return columns;
}

function rowOf(
  cells: readonly string[],
  columns: ReadonlyMap<Meaning, number>,
  place: number,
): FileRow {
  const cell = (meaning: Meaning) =>
    unescaped((cells[columns.get(meaning) ?? -1] ?? '').replace(unseen, '')).trim();
  const name = cell('name') || `${cell('firstName')} ${cell('lastName')}`.trim();
  const type = columns.has('occasional')
    ? typeOfFlag(cell('occasional'))
    : typeOfWord(cell('type'));
  const timeZone = cell('timeZone');
  return {
    id: String(place),
    place,
    input: {
      name,
      email: cell('email'),
      ...(type && type !== 'UNKNOWN' && { type }),
      ...(timeZone && { timeZone }),
    },
    faults: type === 'UNKNOWN' ? ['typeUnknown'] : [],
  };
}

/** What copying from a page or a document leaves behind, and no person sees. */
const unseen = /[\u200B\u2060\uFEFF]/g;

function typeOfFlag(flag: string): AgentType | 'UNKNOWN' | null {
  const word = flag.toLowerCase();
  if (trueWords.includes(word)) return 'OCCASIONAL';
  return falseWords.includes(word) ? 'FULL_TIME' : typeOfWord(flag);
}

function typeOfWord(text: string): AgentType | 'UNKNOWN' | null {
  const word = bare(text);
  if (word === '') return null;
  return Object.hasOwn(types, word) ? types[word]! : 'UNKNOWN';
}

/** Of rows with the same address only the first is imported. */
function withoutRepeats(rows: readonly FileRow[]): FileRow[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const address = row.input.email.toLowerCase();
    if (address === '') return row;
    if (seen.has(address)) return { ...row, faults: [...row.faults, 'addressTwice' as const] };
    seen.add(address);
    return row;
  });
}

/** Our exports put an apostrophe before what a spreadsheet would run as a formula. */
function unescaped(text: string): string {
  return text.replace(/^'(?=[ \u00A0]*[=+\-@＝＋－＠\u2212])/, '');
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
