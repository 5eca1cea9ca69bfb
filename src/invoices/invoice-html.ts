import { createHash } from 'node:crypto';
import { escapeHtml } from '../core/escape-html';
import type { Language } from '../core/notation/languages';
import type { InvoiceDocument } from '../ledger/books/invoice-document';
import { layOut } from './invoice-layout';

/**
 * A document as one page of HTML that needs nothing else: its style is in it and it has no script. It
 * can write every language, because the fonts are those of the reader's machine.
 */
export function invoiceHtml(document: InvoiceDocument, language?: Language): string {
  const page = layOut(document, language);
  const text = (line: string) => escapeHtml(line);
  const lines = (all: readonly string[]) => all.map(text).join('<br>');
  const party = ({ label, lines: all }: { label: string; lines: string[] }, name: string) =>
    `<section class="${name}"><h2>${text(label)}</h2><address>${lines(all)}</address></section>`;
  const cell = (value: string, at: number) =>
    `<td${at === 0 ? '' : ' class="number"'}>${text(value)}</td>`;
  return `<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${text(`${page.title} ${page.number}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
${page.waterMark ? `<p class="mark">${text(page.waterMark)}</p>` : ''}
<h1>${text(page.title)} <span>${text(page.number)}</span></h1>
<div class="parties">
${party(page.seller, 'seller')}
${party(page.buyer, 'buyer')}
</div>
<dl class="facts">
${page.facts.map(({ label, value }) => `<div><dt>${text(label)}</dt><dd>${text(value)}</dd></div>`).join('\n')}
</dl>
<table class="lines">
<thead><tr>${page.columns.map((label, at) => `<th scope="col"${at === 0 ? '' : ' class="number"'}>${text(label)}</th>`).join('')}</tr></thead>
<tbody>
${page.rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}
</tbody>
</table>
<table class="totals">
<tbody>
${page.totals.map(({ label, value }) => `<tr><th scope="row">${text(label)}</th><td class="number">${text(value)}</td></tr>`).join('\n')}
</tbody>
</table>
${page.notes.map((note) => `<p class="note">${text(note)}</p>`).join('\n')}
${page.account ? `<section class="account"><h2>${text(page.account.label)}</h2><p>${lines(page.account.value.split('\n'))}</p></section>` : ''}
</main>
</body>
</html>
`;
}

const style = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f3f4f6; color: #111827; font: 15px/1.5 system-ui, "Noto Sans", "Noto Sans JP", sans-serif; }
main { position: relative; max-width: 800px; margin: 24px auto; padding: 48px; background: #fff; overflow-wrap: anywhere; }
h1 { margin: 0 0 24px; font-size: 26px; line-height: 1.25; }
h1 span { color: #4b5563; font-weight: 400; }
h2 { margin: 0 0 4px; font-size: 13px; color: #4b5563; font-weight: 600; }
address { font-style: normal; }
.parties { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; margin-bottom: 24px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 12px 24px; margin: 0 0 32px; }
.facts dt { font-size: 13px; color: #4b5563; }
.facts dd { margin: 0; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 8px 0 8px 12px; text-align: left; vertical-align: top; font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; }
.lines th { border-bottom: 2px solid #111827; font-size: 13px; color: #4b5563; }
.lines td { border-bottom: 1px solid #d1d5db; }
.number { text-align: right !important; white-space: nowrap; font-variant-numeric: tabular-nums; }
.totals { width: auto; min-width: 60%; margin: 16px 0 24px auto; }
.totals th, .totals td { padding-top: 4px; padding-bottom: 4px; }
.totals tr:last-child th, .totals tr:last-child td { border-top: 2px solid #111827; font-weight: 700; }
.note { margin: 0 0 8px; color: #374151; font-size: 13px; }
.account { margin-top: 24px; }
.account p { margin: 0; }
.mark { margin: 0 0 24px; padding: 8px; border: 2px solid #b91c1c; color: #b91c1c; text-align: center; font-weight: 700; }
@media (max-width: 600px) { main { margin: 0; padding: 20px; } .parties { grid-template-columns: 1fr; } .lines { font-size: 12px; } .lines th, .lines td { padding-left: 6px; } .lines :first-child { overflow-wrap: normal; hyphens: auto; } .totals { width: 100%; } }
@page { size: A4; margin: 18mm; }
@media print {
  body { background: #fff; font-size: 10.5pt; }
  main { max-width: none; margin: 0; padding: 0; }
  .mark { position: fixed; top: 40%; left: 0; right: 0; border: 0; font-size: 40pt; opacity: .15; transform: rotate(-30deg); }
  tr, section, .note { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;

/** What the page may load: its own style and nothing else. */
export const invoicePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
