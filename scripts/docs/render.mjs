import { Parser, Renderer } from 'marked';
import { escape } from './html.mjs';
import { words } from './words.mjs';

/** The HTML of a page's text. HTML in the Markdown is shown as text, and its comments are left out. */
export function renderBody(page, links) {
  const renderer = new Renderer();
  Object.assign(renderer, {
    heading({ tokens, depth, anchor }) {
      const text = this.parser.parseInline(tokens);
      return `<h${depth} id="${anchor}"><a href="#${anchor}">${text}</a></h${depth}>\n`;
    },
    html({ text }) {
      return escape(text.replace(/<!--[^]*?-->\s*/g, ''));
    },
    code({ text, lang }) {
      const label = words.code(lang ?? '');
      return `<pre tabindex="0" role="group" aria-label="${escape(label)}"><code>${escape(text)}</code></pre>\n`;
    },
    link({ href, text: written, tokens }) {
      const { address, title } = links.link(page.file, href) ?? {};
      // The name of a file means nothing here.
      const isFile = title !== undefined && /^[\w/-]+\.md$/.test(written);
      const text = isFile ? escape(title) : this.parser.parseInline(tokens);
      if (address === undefined) return text;
      const isOutside = /^https?:/.test(address);
      return `<a href="${escape(address)}"${isOutside ? ' rel="noreferrer"' : ''}>${text}</a>`;
    },
    image({ href, text }) {
      const { src, width, height } = links.picture(page.file, href);
      return `<img src="${escape(src)}" alt="${escape(text)}" width="${width}" height="${height}" loading="lazy">`;
    },
    table(token) {
      // A table of pictures has no titles.
      const isBare = token.header.every(({ text }) => text === '');
      const html = Renderer.prototype.table.call(this, token);
      const table = isBare ? html.replace(/<thead>[^]*?<\/thead>/, '') : html;
      return `<div class="table" tabindex="0" role="group" aria-label="${words.table}">${table}</div>\n`;
    },
  });
  return new Parser({ gfm: true, renderer }).parse(page.tokens);
}
