import type PDFDocument from 'pdfkit';
import { charactersOf, runsOf, type InvoiceFonts } from './invoice-fonts';

export interface Face {
  size: number;
  weight: keyof InvoiceFonts;
  color: string;
}

/**
 * Writes lines of text on the pages of a PDF. A line may need several fonts, which pdfkit cannot mix,
 * so lines are measured and broken here.
 */
export class PdfWriter {
  constructor(
    private readonly pdf: InstanceType<typeof PDFDocument>,
    private readonly fonts: InvoiceFonts,
  ) {
    // Only fonts that are used are embedded.
    for (const { name, bytes } of [...fonts.regular, ...fonts.bold]) pdf.registerFont(name, bytes);
  }

  /** Writes one line at its baseline. Throws CannotWrite. */
  line(text: string, at: { x: number; baseline: number }, face: Face): void {
    let { x } = at;
    this.pdf.fillColor(face.color);
    for (const run of runsOf(text, this.fonts[face.weight])) {
      this.pdf.font(run.font.name).fontSize(face.size);
      this.pdf.text(run.text, x, at.baseline, { lineBreak: false, baseline: 'alphabetic' });
      x += this.pdf.widthOfString(run.text);
    }
  }

  width(text: string, face: Face): number {
    return runsOf(text, this.fonts[face.weight])
      .map((run) => {
        this.pdf.font(run.font.name).fontSize(face.size);
        return this.pdf.widthOfString(run.text);
      })
      .reduce((sum, width) => sum + width, 0);
  }

  /** Breaks a text at its blanks, and within a word that is wider than the line. */
  broken(text: string, width: number, face: Face): string[] {
    const lines: string[] = [];
    let line = '';
    // A no-break space is not a blank here.
    for (const word of text.split(/[ \n\t]+/)) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (this.width(longer, face) <= width) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      line = '';
      for (const character of charactersOf(word)) {
        if (line !== '' && this.width(line + character, face) > width) {
          lines.push(line);
          line = '';
        }
        line += character;
      }
    }
    return [...lines, line];
  }
}
