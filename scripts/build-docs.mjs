/**
 * Builds the pages below `/docs` from the Markdown of the repository, so that the service has
 * nothing to render: one HTML file for each page, the list of all pages, and what they load.
 */
import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { indexPage, textPage } from './docs/layout.mjs';
import { linksOf } from './docs/links.mjs';
import { readPages } from './docs/pages.mjs';
import { renderBody } from './docs/render.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const made = join(root, 'dist/web/docs');
const assets = join(made, 'assets');

const groups = readPages(root);
const links = linksOf(
  root,
  groups.flatMap(({ pages }) => pages),
);

fs.rmSync(made, { recursive: true, force: true });
fs.mkdirSync(assets, { recursive: true });
fs.writeFileSync(join(made, 'index.html'), indexPage(groups));
for (const group of groups) {
  for (const page of group.pages) {
    const body = renderBody(page, links);
    fs.writeFileSync(join(made, `${page.name}.html`), textPage(page, { body, groups }));
  }
}
const ownAssets = join(root, 'scripts/docs/assets');
for (const name of fs.readdirSync(ownAssets)) {
  fs.copyFileSync(join(ownAssets, name), join(assets, name));
}
for (const file of links.pictures) fs.copyFileSync(join(root, file), join(assets, basename(file)));
