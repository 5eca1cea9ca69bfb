import { plainDecimal } from '../../src/core/money';
import { nearestLanguage } from '../../src/core/notation/languages';
import { composed, isName } from '../../src/core/texts';

test.each([
  'Noor',
  "Zoë O'Brien-Śliwa",
  '山田 太郎',
  'محمد علی',
  'נועה',
  'नीलम शर्मा',
  // A joiner within a word belongs to how it is spelled.
  'می‌خواهم',
  '👩‍💻',
  '7',
  '—',
  ' Noor ',
])('%j is a name', (text) => {
  expect(isName(text)).toBe(true);
});

const broken: Record<string, string> = {
  'a line feed': 'No\nor',
  'a carriage return': 'No\ror',
  'a tab': 'No\tor',
  'a bell': 'No\u0007or',
  delete: 'No\u007for',
  'a next line': 'No\u0085or',
  'a line separator': 'No\u2028or',
  'a paragraph separator': 'No\u2029or',
  'an override to the left': 'No\u202eor',
  'an override to the right': 'No\u202dor',
  'an embedding': 'No\u202aor\u202c',
  'an isolate': 'No\u2066or\u2069',
  'a direction mark': 'No\u200for',
  'an Arabic letter mark': 'No\u061cor',
  'an annotation': 'No\ufff9or',
  nothing: '',
  'a space': ' ',
  'a space that does not break': '\u00a0',
  'an ideographic space': '\u3000',
  'a space of no width': '\u200b\u200b',
  'a joiner': '\u200d',
  'a byte order mark': '\ufeff',
  'a soft hyphen': '\u00ad',
  'a Hangul filler': '\u3164',
  'a half-width filler': '\uffa0',
  'a braille blank': '\u2800',
  'a variation selector': '\ufe0f',
  'a combining accent alone': '\u0301',
  tags: '\u{e0041}\u{e0042}',
  'private use': '\ue000',
};
test.each(Object.entries(broken))('%s makes no name', (_what, text) => {
  expect(isName(text)).toBe(false);
});

test('a text is composed, unless it has more marks in a row than any language writes', () => {
  expect(composed('Zoe\u0308')).toBe('Zo\u00eb');
  expect(composed(`a\u0315${'\u0300'.repeat(29)}`)).toBe(`\u00e0${'\u0300'.repeat(28)}\u0315`);
  const marks = `a${'\u0315\u0300'.repeat(20)}`;
  expect(composed(marks)).toBe(marks);
});

/** If the work grew with the square of the length, each would take minutes. */
test.each([
  ['marks', () => composed(`a${'\u0315\u0300'.repeat(300_000)}`)],
  ['a decimal', () => plainDecimal(`0.${'0'.repeat(400_000)}1`)],
  ['a language', () => nearestLanguage(`${'@'.repeat(400_000)}\n`)],
])('work on the text of a caller grows with its length only: %s', (_, work) => {
  const begunAt = performance.now();
  work();
  expect(performance.now() - begunAt).toBeLessThan(60_000);
});
