import { Lexer } from 'marked';

/** The blocks of a Markdown text. Each heading gets the anchor that GitHub gives it. */
export function parse(text) {
  const tokens = new Lexer({ gfm: true }).lex(text);
  const used = new Map();
  for (const token of tokens) {
    if (token.type !== 'heading') continue;
    const anchor = anchorOf(token.text);
    const times = used.get(anchor) ?? 0;
    used.set(anchor, times + 1);
    token.anchor = times === 0 ? anchor : `${anchor}-${times}`;
  }
  return tokens;
}

/** The sections of the second level from one title up to, but without, another. */
export function sectionsBetween(tokens, from, until) {
  const at = (title) => {
    const found = tokens.findIndex(
      ({ type, depth, text }) => type === 'heading' && depth === 2 && text === title,
    );
    if (found < 0) throw new Error(`There is no section "${title}".`);
    return found;
  };
  return tokens.slice(at(from), at(until));
}

/** The headings that a table of contents shows. */
export function headingsOf(tokens) {
  return tokens
    .filter(({ type, depth }) => type === 'heading' && (depth === 2 || depth === 3))
    .map(({ depth, text, anchor }) => ({ depth, anchor, text: text.replaceAll('`', '') }));
}

function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');
}
