import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { startScript } from './graphiql-start';

const compress = promisify(gzip);

/** A file of the explorer, compressed once and kept in memory. */
export interface Asset {
  contentType: string;
  compressed: Buffer;
  /** Changes when the file does. */
  etag: string;
}

/**
 * The explorer's parts, each a file of its own, so that the page needs no script in its text and
 * the browser keeps them. All of it comes from our dependencies; nothing is loaded from the
 * network. It is 9 MB of text: loaded and compressed at the first request, then kept.
 */
export class GraphiqlAssets {
  private readonly kept = new Map<string, Promise<Asset>>();

  /** The file of that name, or undefined if no file has it. */
  find(name: string): Promise<Asset> | undefined {
    const source = sources.get(name);
    if (!source) return undefined;
    const asset = this.kept.get(name) ?? load(source);
    this.kept.set(name, asset);
    return asset;
  }
}

interface Source {
  contentType: string;
  text(): Promise<string>;
}

const script = 'text/javascript; charset=utf-8';
const bundle = () => import('@graphql-yoga/render-graphiql/graphiql');

const sources: ReadonlyMap<string, Source> = new Map([
  ['graphiql.js', { contentType: script, text: async () => (await bundle()).js }],
  [
    'graphiql.css',
    { contentType: 'text/css; charset=utf-8', text: async () => (await bundle()).css },
  ],
  [
    'editor.worker.js',
    { contentType: script, text: async () => (await bundle()).editorWorkerService },
  ],
  ['json.worker.js', { contentType: script, text: async () => (await bundle()).jsonWorker }],
  ['graphql.worker.js', { contentType: script, text: async () => (await bundle()).graphqlWorker }],
  ['graphql-ws.js', { contentType: script, text: readSocketClient }],
  ['start.js', { contentType: script, text: async () => startScript() }],
]);

async function load({ contentType, text }: Source): Promise<Asset> {
  const compressed = await compress(await text());
  const etag = `"${createHash('sha256').update(compressed).digest('base64url')}"`;
  return { contentType, compressed, etag };
}

/** The same client that portals use, in the browser build of its package. */
function readSocketClient(): Promise<string> {
  const entry = require.resolve('graphql-ws');
  return readFile(path.join(path.dirname(entry), '../umd/graphql-ws.min.js'), 'utf8');
}
