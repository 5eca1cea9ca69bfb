import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const fileName = 'day-pass-gate.js';

/**
 * `/embed/day-pass-gate.js`: the gate, for pages of any origin. Its name never changes, so a browser asks
 * each time whether it has, and no page is held at an old release.
 */
export function addEmbedRoute(app: FastifyInstance): void {
  let kept: Promise<GateFile> | undefined;

  app.get(`/embed/${fileName}`, async (request, reply) => {
    kept ??= load();
    const { script, compressed, etag } = await kept;
    reply
      // A script and no secret: whichever page asks may have it.
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-cache')
      .header('etag', etag)
      .header('vary', 'accept-encoding');
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    reply.type('text/javascript; charset=utf-8');
    if (/\bgzip\b/.test(String(request.headers['accept-encoding']))) {
      return reply.header('content-encoding', 'gzip').send(compressed);
    }
    return reply.send(script);
  });
}

interface GateFile {
  script: Buffer;
  compressed: Buffer;
  /** Changes when the file does. */
  etag: string;
}

async function load(): Promise<GateFile> {
  const script = await readFile(path.join(builtFolder(), 'embed', fileName));
  const compressed = await promisify(gzip)(script, { level: 9 });
  return {
    script,
    compressed,
    etag: `"${createHash('sha256').update(script).digest('base64url')}"`,
  };
}

/** Where the build puts what browsers run: beside the built server, or seen from its sources. */
function builtFolder(): string {
  const places = ['../../web', '../../dist/web'].map((place) => path.join(__dirname, place));
  return places.find((place) => existsSync(place)) ?? places[0]!;
}
