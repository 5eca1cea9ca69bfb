import { escape } from './html.mjs';
import { words } from './words.mjs';

/** A contents list of fewer headings tells nothing. */
const contentsMin = 3;

/** A page with its text. Its address is `/docs/<name>`, and all addresses in it are relative to that. */
export function textPage(page, { body, groups }) {
  const { title, headings } = page;
  const hasContents = headings.length >= contentsMin;
  return frame({
    title,
    // From /docs/<name>.
    root: '../',
    docs: '../docs',
    assets: 'assets/',
    kind: 'text',
    main: `
      ${navOf(groups, page)}
      <main id="content" tabindex="-1">
        <h1>${escape(title)}</h1>
        ${
          hasContents
            ? `<details class="contents-fold"><summary>${words.onThisPage}</summary>${contentsOf(headings)}</details>`
            : ''
        }
        ${body}
      </main>
      ${
        hasContents
          ? `<nav class="contents" aria-label="${words.onThisPage}"><p>${words.onThisPage}</p>${contentsOf(headings)}</nav>`
          : ''
      }`,
  });
}

/** The list of all pages, at `/docs`, with the headings that the search looks through. */
export function indexPage(groups) {
  return frame({
    title: words.docs,
    // From /docs.
    root: './',
    docs: 'docs',
    assets: 'docs/assets/',
    kind: 'list',
    main: `
      <main id="content" tabindex="-1">
        <h1>${words.docs}</h1>
        <p class="lead">${words.docsText}</p>
        <form class="search" role="search" hidden>
          <label for="search">${words.search}</label>
          <input id="search" type="search" autocomplete="off" spellcheck="false" />
          <p role="status" data-none="${words.noneFound}"></p>
        </form>
        ${groups.map(groupOf).join('')}
      </main>`,
    script: true,
  });
}

function groupOf({ title, pages }) {
  const items = pages.map(
    ({ name, title: pageTitle, line, headings, vocabulary }) => `
          <li data-words="${escape(vocabulary)}">
            <a href="docs/${name}">${escape(pageTitle)}</a>
            <p>${escape(line)}</p>
            <ul hidden>${headings
              .map(
                ({ anchor, text }) =>
                  `<li><a href="docs/${name}#${anchor}">${escape(text)}</a></li>`,
              )
              .join('')}</ul>
          </li>`,
  );
  return `
        <section>
          <h2>${escape(title)}</h2>
          <ul class="list">${items.join('')}
          </ul>
        </section>`;
}

function navOf(groups, current) {
  const items = ({ pages }) =>
    pages
      .map(
        (page) =>
          `<li><a href="${page.name}"${page === current ? ' aria-current="page"' : ''}>${escape(page.title)}</a></li>`,
      )
      .join('');
  return `<nav class="pages" aria-label="${words.pages}">
        ${groups.map((group) => `<p>${escape(group.title)}</p><ul>${items(group)}</ul>`).join('\n        ')}
      </nav>`;
}

function contentsOf(headings) {
  const items = headings.map(
    ({ depth, anchor, text }) =>
      `<li data-depth="${depth}"><a href="#${anchor}">${escape(text)}</a></li>`,
  );
  return `<ul>${items.join('')}</ul>`;
}

function frame({ title, root, docs, assets, kind, main, script = false }) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="data:," />
    <title>${escape(title)} · ${words.product}</title>
    <link rel="stylesheet" href="${assets}docs.css" />
    <script src="${root}color-scheme.js"></script>
    ${script ? `<script defer src="${assets}search.js"></script>` : ''}
  </head>
  <body>
    <a class="skip" href="#content">${words.skip}</a>
    <header>
      <div>
        <a class="product" href="${docs}">${words.product} <span>${words.docs}</span></a>
        <a href="${root}">${words.open}</a>
      </div>
    </header>
    <div class="page" data-kind="${kind}">${main}
    </div>
  </body>
</html>
`;
}
