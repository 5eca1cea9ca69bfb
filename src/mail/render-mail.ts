import type { MailWords } from './words';

/** A mail as text and as HTML, which say the same. */
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
    // Where a mail program shows no links.
    ...(action ? [`<p>${link}</p>`] : []),
  ];
  const html = `<!doctype html>\n<html lang="${language}"><body>\n${body.join('\n')}\n</body></html>\n`;
  return { subject: oneLine(words.subject), text: `${text}\n`, html };
}

/** The text where HTML would take some of its characters for its own. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Names are anybody's words: a line break in one would begin a paragraph, or a header. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
