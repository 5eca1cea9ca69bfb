import { readFile } from 'node:fs/promises';
import type { Font } from 'fontkit';
import { composed } from '../core/texts';
import { unpackWoff } from './unpack-woff';

/** A font that a document can be written in. */
export interface InvoiceFont {
  name: string;
  bytes: Buffer;
  has(codePoint: number): boolean;
}

/** The fonts of each weight. A character is written in the first font that has it. */
export interface InvoiceFonts {
  regular: readonly InvoiceFont[];
  bold: readonly InvoiceFont[];
}

/**
 * Noto Sans comes in parts. Scripts that need more than one glyph after the other (Devanagari, Arabic,
 * Hebrew, Thai) are left out: the lines of a document are not laid out for them.
 */
const parts = [
  'latin',
  'latin-ext',
  'vietnamese',
  'greek',
  'greek-ext',
  'cyrillic',
  'cyrillic-ext',
];

const known = new Map<string | null, Promise<InvoiceFonts>>();

/** As `readInvoiceFonts`, but a process reads them once. */
export function invoiceFonts(ownFile: string | null): Promise<InvoiceFonts> {
  const read = known.get(ownFile) ?? readInvoiceFonts(ownFile);
  known.set(ownFile, read);
  // The file may be there at the next try.
  read.catch(() => known.delete(ownFile));
  return read;
}

/**
 * Reads the fonts: Noto Sans, and before it the file of the operator, if there is one, so that a
 * document has one look. It must be one font in TrueType, OpenType or WOFF. Rejects with an
 * Error that says what is wrong with it.
 */
export async function readInvoiceFonts(ownFile: string | null): Promise<InvoiceFonts> {
  const shipped = (weight: number) =>
    Promise.all(
      parts.map((part) => {
        const name = `noto-sans-${part}-${weight}-normal`;
        return readFont(name, require.resolve(`@fontsource/noto-sans/files/${name}.woff`));
      }),
    );
  const own = ownFile === null ? [] : [await readFont('own', ownFile)];
  const [regular, bold] = await Promise.all([shipped(400), shipped(700)]);
  return { regular: [...own, ...regular], bold: [...own, ...bold] };
}

async function readFont(name: string, file: string): Promise<InvoiceFont> {
  const { create } = await import('fontkit');
  const stored = await readFile(file);
  // pdfkit would embed the whole of such a font, and each document would have megabytes.
  if (stored.toString('latin1', 0, 4) === 'wOF2') {
    throw new Error(`${file} is WOFF2. Name a font in TrueType, OpenType or WOFF.`);
  }
  let bytes: Buffer;
  let font: Font | { fonts: Font[] };
  try {
    bytes = unpackWoff(stored);
    font = create(bytes);
  } catch (error) {
    throw new Error(`${file} is not a font.`, { cause: error });
  }
  if ('fonts' in font) throw new Error(`${file} is a collection. Name a file with one font.`);
  return { name, bytes, has: (codePoint) => font.hasGlyphForCodePoint(codePoint) };
}

/** A part of a text that is written in one font. */
export interface Run {
  text: string;
  font: InvoiceFont;
}

/** What a text needs that no font has: the characters, each once. Right-to-left scripts are among them. */
export class CannotWrite extends Error {
  override name = 'CannotWrite';

  constructor(readonly characters: readonly string[]) {
    super(
      `No font can write ${characters.join(' ')}. DAYPASS_INVOICE_FONT names a font that is tried first.`,
    );
  }
}

/** Splits a text into runs. Throws CannotWrite. */
export function runsOf(text: string, fonts: readonly InvoiceFont[]): Run[] {
  const runs: Run[] = [];
  for (const character of charactersOf(text)) {
    const font = fontOf(character, fonts);
    if (!font) throw new CannotWrite([character]);
    const last = runs.at(-1);
    if (last?.font === font) last.text += character;
    else runs.push({ text: character, font });
  }
  return runs;
}

/** The characters of these texts that cannot be written, each once. */
export function cannotWrite(texts: readonly string[], fonts: readonly InvoiceFont[]): string[] {
  const characters = new Set(texts.flatMap(charactersOf));
  return [...characters].filter((character) => !fontOf(character, fonts));
}

/** As a reader counts them: a letter with its accents is one, and is written in one font. */
export function charactersOf(text: string): string[] {
  return [...segmenter.segment(composed(text))].map(({ segment }) => segment);
}

function fontOf(character: string, fonts: readonly InvoiceFont[]): InvoiceFont | undefined {
  if (rightToLeft.test(character)) return undefined;
  const points = [...character].map((one) => one.codePointAt(0)!);
  return fonts.find((font) => points.every((point) => font.has(point)));
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
