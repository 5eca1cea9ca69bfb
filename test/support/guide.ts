import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './sources';

/** A block of code in a guide, as a reader copies it. */
export interface CodeBlock {
  /** The heading above it. */
  heading: string;
  language: string;
  text: string;
}

const headingOrBlock =
  /^#+ (?<heading>[^\n]*)$|^(?<indent> *)```(?<language>\w+)\n(?<text>.*?)^\k<indent>```$/gms;

/** The blocks of code of a Markdown file, in their order. */
export function codeBlocksOf(file: string): CodeBlock[] {
  let heading = '';
  const blocks: CodeBlock[] = [];
  for (const { groups = {} } of readFileSync(path.join(root, file), 'utf8').matchAll(
    headingOrBlock,
  )) {
    if (groups.heading !== undefined) {
      heading = groups.heading;
      continue;
    }
    const text = groups.text!.replace(new RegExp(`^${groups.indent}`, 'gm'), '');
    blocks.push({ heading, language: groups.language!, text });
  }
  return blocks;
}
