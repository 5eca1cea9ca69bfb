import * as fs from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';

/** The start of a development. Where the pages are read, the same path is below the service's own address. */
const ownAddress = 'http://127.0.0.1:4000';
/** What the service itself serves of the repository, by its address from a page of the docs. */
const served = { 'schema/schema.graphql': '../schema.graphql' };

/** Where the links of the repository's Markdown lead in the product, as seen from a page. */
export function linksOf(root, pages) {
  const pictures = new Set();
  return {
    /** The files of the pictures that the pages show; filled by `picture`. */
    pictures,
    /**
     * The address of a link of a file, and the title of what it leads to if that is a page. Null if it
     * leads to nothing that is in the product.
     */
    link(file, href) {
      if (href.startsWith(ownAddress)) {
        return { address: `..${href.slice(ownAddress.length) || '/'}` };
      }
      if (/^(https?|mailto):/.test(href)) return { address: href };
      const [path, anchor] = href.split('#');
      const target = path === '' ? file : posix.join(posix.dirname(file), path);
      if (served[target]) return { address: served[target] };
      const parts = pages.filter((page) => page.file === target);
      if (parts.length === 0) return null;
      const headingOf = ({ tokens }) => tokens.find((token) => token.anchor === anchor);
      const page = parts.find(headingOf);
      if (!page || !anchor) return { address: parts[0].name, title: parts[0].title };
      return { address: `${page.name}#${anchor}`, title: headingOf(page).text };
    },
    picture(file, href) {
      const target = posix.join(dirname(file), href);
      pictures.add(target);
      return { src: `assets/${basename(target)}`, ...sizeOfPng(join(root, target)) };
    },
  };
}

/** So that a page keeps its place for a picture that is still loading. */
function sizeOfPng(path) {
  const header = fs.readFileSync(path).subarray(16, 24);
  return { width: header.readUInt32BE(0), height: header.readUInt32BE(4) };
}
