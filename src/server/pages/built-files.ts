import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const contentTypes: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** A file that the build made for browsers, compressed once and kept in memory. */
interface BuiltFile {
  contentType: string;
  content: Buffer;
  compressed: Buffer;
  /** Changes when the file does. */
  etag: string;
}

/**
 * The files of one folder of the build. A file that is missing when the process starts does not
 * exist.
 */
export class BuiltFiles {
  private readonly folder: string;
  private readonly names: ReadonlySet<string>;
  private readonly kept = new Map<string, Promise<BuiltFile>>();

  constructor(folder: string) {
    this.folder = path.join(builtFolder(), folder);
    this.names = new Set(existsSync(this.folder) ? readdirSync(this.folder) : []);
  }

  has(name: string): boolean {
    return this.names.has(name);
  }

  text(name: string): string {
    return readFileSync(path.join(this.folder, name), 'utf8');
  }

  /** Answers with the file and the given headers, or with 304 if the browser has it. */
  async send(request: FastifyRequest, reply: FastifyReply, name: string): Promise<FastifyReply> {
    const keeping = this.kept.get(name) ?? load(path.join(this.folder, name));
    this.kept.set(name, keeping);
    const { contentType, content, compressed, etag } = await keeping;
    reply
      .header('x-content-type-options', 'nosniff')
      .header('etag', etag)
      .header('vary', 'accept-encoding');
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    reply.type(contentType);
    if (/\bgzip\b/.test(String(request.headers['accept-encoding']))) {
      return reply.header('content-encoding', 'gzip').send(compressed);
    }
    return reply.send(content);
  }
}

async function load(file: string): Promise<BuiltFile> {
  const content = readFileSync(file);
  return {
    contentType: contentTypes[path.extname(file)] ?? 'application/octet-stream',
    content,
    compressed: await promisify(gzip)(content, { level: 9 }),
    etag: `"${createHash('sha256').update(content).digest('base64url')}"`,
  };
}

/**
 * The folder where the build puts the files for browsers: seen from the built server, or from its
 * sources.
 */
function builtFolder(): string {
  const places = ['../../../web', '../../../dist/web'].map((place) => path.join(__dirname, place));
  return places.find((place) => existsSync(place)) ?? places[0]!;
}
