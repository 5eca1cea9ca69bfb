/**
 * What one zone's clocks do: periods of a fixed offset, one after the other. The first period has
 * no beginning and the last one no end.
 */
export interface ZoneRules {
  /** The instants (epoch milliseconds, rising) at which a period ends; one fewer than periods. */
  readonly untilsMs: Float64Array;
  /** Of each period: what to add to an instant to get the wall clock, in ms, east positive. */
  readonly offsetsMs: Int32Array;
  /** Of each period: what people write after a time, 'EDT', or an offset such as '+0545'. */
  readonly abbreviations: readonly string[];
}

/**
 * Unpacks one zone of moment-timezone's data: `name|abbreviations|offsets|periods|untils|…`.
 * Numbers are in base 60, of minutes; offsets are west positive; `periods` has one digit a period,
 * an index into the two lists before it; each until counts from the one before.
 */
export function unpackZone(packed: string): ZoneRules {
  const [, abbreviations = '', offsets = '', periods = '', untils = ''] = packed.split('|');
  const abbreviationList = abbreviations.split(' ');
  const offsetList = offsets.split(' ').map((text) => msOf(-fromBase60(text)));
  const indices = [...periods].map(fromBase60);
  let untilMs = 0;
  return {
    // Added up in whole milliseconds, so that fractions of a minute cannot accumulate.
    untilsMs: Float64Array.from(
      untils === '' ? [] : untils.split(' '),
      (text) => (untilMs += msOf(fromBase60(text))),
    ),
    offsetsMs: Int32Array.from(indices, (index) => offsetList[index]!),
    abbreviations: indices.map((index) => abbreviationList[index]!),
  };
}

/**
 * The index of the period that contains an instant. An instant on the border begins the later
 * period.
 */
export function periodAt(rules: ZoneRules, instantMs: number): number {
  const { untilsMs } = rules;
  let low = 0;
  let high = untilsMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (untilsMs[middle]! <= instantMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX';

/** '-2gMnt.E' as a number: an optional sign, digits, and a fraction after the point. */
function fromBase60(text: string): number {
  const isNegative = text.startsWith('-');
  const [whole = '', fraction = ''] = (isNegative ? text.slice(1) : text).split('.');
  let value = 0;
  for (const digit of whole) value = value * 60 + DIGITS.indexOf(digit);
  let unit = 1;
  for (const digit of fraction) value += (unit /= 60) * DIGITS.indexOf(digit);
  return isNegative ? -value : value;
}

/** Minutes to whole milliseconds. Local mean times are whole seconds, which 1/60 cannot express. */
function msOf(minutes: number): number {
  return Math.round(minutes * 60_000);
}
