import { parse } from 'csv-parse/sync';
import { readAgentFile, rowsMax } from '../../src/web/dashboard/agents/import/agent-file';
import { decodeText } from '../../src/web/dashboard/agents/import/decode-text';

/* Files as people choose them: of every encoding, edited by hand, or not a CSV file at all. */

const read = (bytes: Buffer) => readAgentFile(decodeText(Uint8Array.from(bytes).buffer), parse);

const rowsOf = (bytes: Buffer) => {
  const file = read(bytes);
  if ('problem' in file) throw new Error(file.problem);
  return file.rows.map(({ place, input: { name, email, timeZone = '' }, faults }) =>
    [place, name, email, timeZone, ...faults].join(' | '),
  );
};

const two = 'Name,Email,Time zone\nJürgen,j@x.example,Berlin\nŽoë,z@x.example,Riga\n';
const mark = '\uFEFF';
const wide = (text: string) => Buffer.from(text, 'utf16le');
const west = 'Name,Email\nJürgen,j@x.example\n';

test.each([
  ['UTF-8', Buffer.from(two)],
  ['UTF-8 with its mark', Buffer.from(mark + two)],
  ['UTF-16, as Excel saves “Unicode text”', wide(mark + two.replaceAll(',', '\t'))],
  ['UTF-16 without its mark', wide(two)],
  ['UTF-16 of the other order', wide(mark + two).swap16()],
  ['UTF-16 of the other order, without its mark', wide(two).swap16()],
  ['semicolons', Buffer.from(two.replaceAll(',', ';'))],
  ['tabs', Buffer.from(two.replaceAll(',', '\t'))],
  ['a first line that names the separator', Buffer.from(`sep=;\r\n${two.replaceAll(',', ';')}`)],
  ['the line ends of Windows', Buffer.from(two.replaceAll('\n', '\r\n'))],
  ['the line ends of old Macs', Buffer.from(two.replaceAll('\n', '\r'))],
  ['mixed line ends', Buffer.from(two.replace('\n', '\r\n'))],
])('a file with %s is read', (_, bytes) => {
  expect(rowsOf(bytes)).toEqual([
    '2 | Jürgen | j@x.example | Berlin',
    '3 | Žoë | z@x.example | Riga',
  ]);
});

test('a file of Windows-1252 is read', () => {
  expect(rowsOf(Buffer.from(west, 'latin1'))).toEqual(['2 | Jürgen | j@x.example | ']);
});

const people = (count: number, between = '\n') =>
  ['Name,Email', ...Array.from({ length: count }, (_, at) => `A,a${at}@x.example`)].join(between);

test.each([
  ['an empty file', '', { problem: 'empty' }],
  ['blank lines', ' \n\n ,\n', { problem: 'empty' }],
  ['titles only', 'Name,Email\r\n', { problem: 'empty' }],
  ['agents without titles', 'Ada,a@x.example\nBo,b@x.example\n', { problem: 'noEmail' }],
  ['a list without names', 'Email,Phone\na@b.example,1\n', { problem: 'noName' }],
  ['a page of the web', '<!doctype html>\n<p>Name, Email</p>', { problem: 'noEmail' }],
  ['one row too many', people(rowsMax + 1), { problem: 'tooLong', count: 5_001 }],
  [
    'a quotation mark that is not closed',
    'Name,Email\nBo,b@x.example\n\n"Ada,a@x.example\nCy,c@x.example\n',
    { problem: 'badQuotes', place: 4 },
  ],
  [
    'a quotation mark inside a value',
    'Name,Email\nAda "Ace" Byron,a@x.example\n',
    { problem: 'badQuotes', place: 2 },
  ],
  [
    'a value that continues after its quotation mark',
    'Name,Email\n"Ada" Byron,a@x.example\n',
    { problem: 'badQuotes', place: 2 },
  ],
])('of %s the page says what is wrong', (_, text, problem) => {
  expect(read(Buffer.from(text))).toEqual(problem);
});

test.each([
  ['a picture', '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489'],
  ['a workbook of Excel', '504b030414000600080000002100d3c0c8f06c010000a0050000130008025b436f6e'],
  ['a photo', 'ffd8ffe000104a46494600010100000100010000ffdb0043000302020302'],
  ['nothing but zeros', '0000000000000000'],
])('%s with the ending .csv is not a CSV file', (_, bytes) => {
  expect(read(Buffer.from(bytes, 'hex'))).toEqual({ problem: 'notCsv' });
});

test('rows have the numbers that a spreadsheet shows, over empty rows and values of several lines', () => {
  const text = '\nName,Email\n\n"A\nA",a@x.example\n ,\nB,b@x.example\nC, B@X.example \n';
  expect(rowsOf(Buffer.from(text))).toEqual([
    '4 | A\nA | a@x.example | ',
    '6 | B | b@x.example | ',
    '7 | C | B@X.example |  | addressTwice',
  ]);
  // Empty rows do not count as agents.
  expect(rowsOf(Buffer.from(people(rowsMax, '\n\n')))).toHaveLength(rowsMax);
});

test('a value is read without what nobody sees in it', () => {
  const text = 'Name,Email\n\u00A0Ada\u200B , \u2060ada@x.example\uFEFF\n';
  expect(rowsOf(Buffer.from(text))).toEqual(['2 | Ada | ada@x.example | ']);
});
