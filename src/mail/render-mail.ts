import { escapeHtml } from '../core/escape-html';
import type { MailWords } from './words';

/** A mail as text and as HTML, with the same content. */
export function renderMail(words: MailWords): { subject: string; text: string; html: string } {
  const { language, greeting, paragraphs, action, closing } = words;
  const text = [greeting, ...paragraphs, ...(action ? [action.link] : []), ...closing]
    .map(oneLine)
    .join('\n\n');
  const paragraph = (line: string) => `<p>${escapeHtml(oneLine(line))}</p>`;
  const link = action && escapeHtml(action.link);
  const body = [
    ...[greeting, ...paragraphs].map(paragraph),
    ...(action ? [`<p><a href="${link}">${escapeHtml(action.label)}</a></p>`] : []),
    ...closing.map(paragraph),
    // For mail programs that show no links.
    ...(action ? [`<p>${link}</p>`] : []),
  ];
  const html = `<!doctype html>\n<html lang="${language}"><body>\n${body.join('\n')}\n</body></html>\n`;
  return { subject: oneLine(words.subject), text: `${text}\n`, html };
}

/** Anybody chooses names: a line break in a name would begin a paragraph, or a header. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
