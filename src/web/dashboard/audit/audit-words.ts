import { words } from '../../words';
import { textOf } from '../../words/text-of';
import { writeMinor } from '../../format/money';
import { writeInstant } from '../../ui/write-instant';

/** One field that an action changed. */
export interface Difference {
  field: string;
  /** Null if it did not exist before. */
  before: string | null;
  after: string | null;
}

type Fields = Record<string, unknown> | null | undefined;

/** The differences between before and after, field by field. */
export function differencesOf(earlier: Fields, later: Fields): Difference[] {
  const [before, after] = [withAmounts(earlier), withAmounts(later)];
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map((name) => ({
      field: wordsOfName(name),
      before: before && Object.hasOwn(before, name) ? wordsOfValue(before[name]) : null,
      after: after && Object.hasOwn(after, name) ? wordsOfValue(after[name]) : null,
    }))
    .filter((one) => one.before !== one.after);
}

/** The name of an amount in minor units. */
const minorName = /^(.+)Minor$/;

/** An act has amounts in minor units beside their currency; a person reads one text: 'total' of 'totalMinor'. */
function withAmounts(fields: Fields): Fields {
  const { currency, ...others } = fields ?? {};
  const all = Object.entries(others);
  if (typeof currency !== 'string' || !all.some(([name]) => minorName.test(name))) return fields;
  return Object.fromEntries(
    all.map(([name, value]) => {
      const amount = minorName.exec(name)?.[1];
      return amount && typeof value === 'number'
        ? [amount, writeMinor(value, currency)]
        : [name, value];
    }),
  );
}

/** The amount of a purchase, which acts have in minor units; '' if the act has none. */
export function totalOf(fields: Record<string, unknown>): string {
  const { totalMinor, currency } = fields;
  if (typeof totalMinor !== 'number' || typeof currency !== 'string') return '';
  return writeMinor(totalMinor, currency);
}

/** A field that has no words yet is spaced: 'someNewField' is 'Some new field'. */
function wordsOfName(name: string): string {
  const known = textOf(words.audit.fields, name);
  if (known) return known;
  const spaced = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const known: Record<string, string> = {
  ...words.agents.type,
  ...words.agents.role,
  ...words.agents.section,
  ...words.agents.status,
};

/** Longer values are cut: the API has them whole. */
const lengthMax = 300;

function wordsOfValue(value: unknown): string {
  if (value == null) return words.audit.values.none;
  if (Array.isArray(value))
    return value.length === 0 ? words.audit.values.none : cut(value.map(wordsOfValue));
  if (typeof value === 'boolean') return value ? words.audit.values.yes : words.audit.values.no;
  if (typeof value === 'object') return cut([JSON.stringify(value)]);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return writeInstant(text);
  return cut([textOf(known, text) ?? text]);
}

function cut(texts: string[]): string {
  const text = texts.join(', ');
  return text.length > lengthMax ? `${text.slice(0, lengthMax)} …` : text;
}
