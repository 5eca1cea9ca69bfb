import type { Language } from '../core/notation/languages';
import type { InvoiceDocument } from '../ledger/books/invoice-document';
import { CannotWrite, cannotWrite, type InvoiceFonts } from './invoice-fonts';
import { layOut, type InvoiceLayout } from './invoice-layout';
import { PdfWriter, type Face } from './pdf-writer';

/** A4, in points. */
const paper = { width: 595.28, height: 841.89 };
const margin = 56;
const left = margin;
const right = paper.width - margin;
const bottom = paper.height - margin - 14;
const lineHeight = 1.4;

const dark = '#111827';
const faint = '#4b5563';
const plain: Face = { size: 10, weight: 'regular', color: dark };
const strong: Face = { size: 10, weight: 'bold', color: dark };
const small: Face = { size: 8.5, weight: 'regular', color: faint };
const heading: Face = { size: 20, weight: 'bold', color: dark };

/** The right edges of the numbers of a line; its description begins at the left margin. */
const edges = [0.46, 0.64, 0.76, 1].map((part) => left + part * (right - left));
const descriptionWidth = 0.34 * (right - left);

/**
 * A document as a PDF, with its fonts in it. Equal documents give equal bytes: the dates in the file
 * are the document's, and nothing depends on the machine. Rejects with CannotWrite if no font has a
 * character of it, because a document with empty boxes is worse than none.
 */
export async function invoicePdf(
  document: InvoiceDocument,
  fonts: InvoiceFonts,
  language?: Language,
): Promise<Buffer> {
  const page = layOut(document, language);
  const missing = cannotWrite(textsOf(page), fonts.regular);
  if (missing.length > 0) throw new CannotWrite(missing);

  const { default: PDFDocument } = await import('pdfkit');
  const pdf = new PDFDocument({
    size: [paper.width, paper.height],
    margin: 0,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: page.language,
    displayTitle: true,
    info: {
      Title: `${page.title} ${page.number}`,
      Author: document.seller.name,
      Creator: 'Daypass',
      Producer: 'Daypass',
      CreationDate: new Date(`${document.issuedOn}T00:00:00Z`),
    },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  new InvoicePages(pdf, new PdfWriter(pdf, fonts), page).draw();
  pdf.end();
  return ended;
}

/** Every text that is drawn, page numbers aside: their words are in each language's other texts. */
function textsOf(page: InvoiceLayout): string[] {
  return [
    page.title,
    page.number,
    page.waterMark ?? '',
    ...[page.seller, page.buyer].flatMap(({ label, lines }) => [label, ...lines]),
    ...[...page.facts, ...page.totals].flatMap(({ label, value }) => [label, value]),
    ...page.columns,
    ...page.rows.flat(),
    ...page.notes,
    // A line break is not drawn.
    ...(page.account ? [page.account.label, ...page.account.value.split('\n')] : []),
    page.pageOf(1, 1),
  ];
}

/** Draws from top to bottom; what does not fit on a page begins the next one. */
class InvoicePages {
  private y = margin;

  constructor(
    private readonly pdf: PDFKit.PDFDocument,
    private readonly writer: PdfWriter,
    private readonly page: InvoiceLayout,
  ) {}

  draw(): void {
    const { page } = this;
    this.block(`${page.title} ${page.number}`, heading, left, right - left);
    this.y += 18;
    this.parties();
    this.y += 16;
    this.facts();
    this.y += 16;
    this.lines();
    this.y += 12;
    this.totals();
    this.y += 20;
    for (const note of page.notes) {
      this.block(note, small, left, right - left);
      this.y += 3;
    }
    if (page.account) {
      this.y += 12;
      this.block(page.account.label, small, left, right - left);
      for (const line of page.account.value.split('\n')) {
        this.block(line, plain, left, right - left);
      }
    }
    this.onEachPage();
  }

  /** Writes a text with its line breaks at the present place, and moves below it. */
  private block(text: string, face: Face, x: number, width: number): void {
    for (const line of this.writer.broken(text, width, face)) {
      this.room(face);
      this.writer.line(line, { x, baseline: this.y + face.size }, face);
      this.y += face.size * lineHeight;
    }
  }

  private room({ size }: Face): void {
    if (this.y + size * lineHeight <= bottom) return;
    this.pdf.addPage();
    this.y = margin;
  }

  /** Draws columns beside each other, and moves below the longest. */
  private beside(columns: readonly (() => void)[]): void {
    const top = this.y;
    const firstPage = this.pdf.bufferedPageRange().count - 1;
    let end = { page: firstPage, y: top };
    for (const draw of columns) {
      this.pdf.switchToPage(firstPage);
      this.y = top;
      draw();
      const page = this.pdf.bufferedPageRange().count - 1;
      if (page > end.page || this.y > end.y) end = { page, y: this.y };
    }
    this.pdf.switchToPage(end.page);
    this.y = end.y;
  }

  private parties(): void {
    const width = (right - left) / 2 - 12;
    const party = (at: InvoiceLayout['seller'], x: number) => () => {
      this.block(at.label, small, x, width);
      at.lines.forEach((line, row) => this.block(line, row === 0 ? strong : plain, x, width));
    };
    this.beside([
      party(this.page.seller, left),
      party(this.page.buyer, left + (right - left) / 2 + 12),
    ]);
  }

  private facts(): void {
    const labelWidth = 130;
    for (const { label, value } of this.page.facts) {
      this.beside([
        () => this.block(label, { ...plain, color: faint }, left, labelWidth - 8),
        () => this.block(value, plain, left + labelWidth, right - left - labelWidth),
      ]);
    }
  }

  private lines(): void {
    this.row(this.page.columns, small);
    this.rule(dark, 1.2);
    for (const row of this.page.rows) {
      this.row(row, plain);
      this.rule('#d1d5db', 0.6);
    }
  }

  private row([description = '', ...numbers]: readonly string[], face: Face): void {
    this.beside([
      () => this.block(description, face, left, descriptionWidth),
      () => {
        this.room(face);
        numbers.forEach((text, at) => this.endingAt(edges[at]!, text, face));
        this.y += face.size * lineHeight;
      },
    ]);
    this.y += 2;
  }

  /** Does not move down. */
  private endingAt(x: number, text: string, face: Face): void {
    const start = x - this.writer.width(text, face);
    this.writer.line(text, { x: start, baseline: this.y + face.size }, face);
  }

  private totals(): void {
    const start = left + 0.3 * (right - left);
    const valueWidth = 120;
    this.page.totals.forEach(({ label, value }, at) => {
      const isLast = at === this.page.totals.length - 1;
      const face = isLast ? strong : plain;
      if (isLast) this.rule(dark, 1.2, start);
      this.beside([
        () => this.block(label, face, start, right - start - valueWidth),
        () => {
          this.room(face);
          this.endingAt(right, value, face);
          this.y += face.size * lineHeight;
        },
      ]);
    });
  }

  private rule(color: string, width: number, from = left): void {
    this.pdf
      .moveTo(from, this.y)
      .lineTo(right, this.y)
      .lineWidth(width)
      .strokeColor(color)
      .stroke();
    this.y += 4;
  }

  /** The page numbers, and the mark of a document that is no invoice. */
  private onEachPage(): void {
    const { count } = this.pdf.bufferedPageRange();
    for (let at = 0; at < count; at++) {
      this.pdf.switchToPage(at);
      this.y = paper.height - margin + 4;
      this.endingAt(right, `${this.page.number} · ${this.page.pageOf(at + 1, count)}`, small);
      if (this.page.waterMark) this.mark(this.page.waterMark);
    }
  }

  private mark(text: string): void {
    const face: Face = { size: 44, weight: 'bold', color: '#b91c1c' };
    const size = Math.min(face.size, (face.size * 560) / this.writer.width(text, face));
    const sized = { ...face, size };
    const middle = { x: paper.width / 2, y: paper.height / 2 };
    this.pdf.save();
    this.pdf.rotate(-45, { origin: [middle.x, middle.y] }).opacity(0.14);
    const x = middle.x - this.writer.width(text, sized) / 2;
    this.writer.line(text, { x, baseline: middle.y + size / 3 }, sized);
    this.pdf.restore();
  }
}
