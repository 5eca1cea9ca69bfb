import { escapeHtml } from '../core/escape-html';
import type { MailWords } from './words';

/** A mail as text and as HTML, with the same content. */
export function renderMail(words: MailWords): { subject: string; text: string; html: string } {
  const { language, sender, greeting, paragraphs, action, closing } = words;
  const text = [sender, greeting, ...paragraphs, ...(action ? [action.link] : []), ...closing]
    .map(oneLine)
    .join('\n\n');
  const paragraph = (line: string, style = styles.line) =>
    `<p style="${style}">${escapeHtml(oneLine(line))}</p>`;
  const link = action && escapeHtml(action.link);
  const body = [
    paragraph(sender, styles.sender),
    ...[greeting, ...paragraphs].map((line) => paragraph(line)),
    ...(action
      ? [
          `<p style="${styles.line}"><a href="${link}" style="${styles.action}">${escapeHtml(action.label)}</a></p>`,
        ]
      : []),
    ...closing.map((line) => paragraph(line, styles.closing)),
    // For mail programs that show no links.
    ...(action ? [`<p style="${styles.closing}">${link}</p>`] : []),
  ];
  const html = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"></head><body style="${styles.page}">
<div style="${styles.sheet}">
${body.join('\n')}
</div>
</body></html>
`;
  return { subject: oneLine(words.subject), text: `${text}\n`, html };
}

/** Within the elements: most mail programs read no style sheet. No image, so nothing is fetched. */
const styles = {
  page: 'margin:0;padding:24px;background:#f4f5f7;font-family:Arial,Helvetica,sans-serif',
  sheet: 'max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px',
  sender: 'margin:0 0 24px;font-size:18px;font-weight:bold;color:#1f2933',
  line: 'margin:0 0 16px;font-size:15px;line-height:1.5;color:#1f2933',
  action:
    'display:inline-block;padding:10px 18px;background:#1c5fb8;color:#ffffff;text-decoration:none;border-radius:6px',
  closing: 'margin:0 0 8px;font-size:13px;line-height:1.5;color:#52606d;word-break:break-word',
};

/** Anybody chooses names: a line break in a name would begin a paragraph, or a header. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
