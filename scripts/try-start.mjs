/**
 * Starts the built service in a separate folder, sends a query with the bearer token that it
 * prints, loads the gate that pages embed, and ends it by SIGTERM. Exits non-zero if any of that
 * fails.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A first start creates a database; on the slowest machine that we know this takes 10 s. */
const boundMs = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'daypass-try-'));
// PostgreSQL's own account passes through to its data.
chmodSync(folder, 0o755);
const { PATH, HOME } = process.env;
const service = spawn(process.execPath, ['dist/src/main.js'], {
  env: { PATH, HOME, PORT: '0', DAYPASS_DATA_DIR: folder },
  stdio: ['ignore', 'pipe', 'inherit'],
  timeout: boundMs,
});
const exited = once(service, 'exit');

try {
  const started = await banner();
  const answer = await ask(started);
  if (!answer.data?.account?.slug) throw new Error(`It answered ${JSON.stringify(answer)}.`);
  const gate = await fetch(`${started.url}/embed/day-pass-gate.js`);
  if (!gate.ok) throw new Error(`The gate to embed was answered with ${gate.status}.`);
  await gate.text();
  service.kill('SIGTERM');
  const [code, signal] = await exited;
  if (code !== 0) throw new Error(`It ended with ${code ?? signal}.`);
  console.log(`${answer.data.account.slug} answered; drained.`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
  service.kill('SIGTERM');
  await exited;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The address of the service, and the first bearer token that it prints. */
async function banner() {
  let printed = '';
  for await (const text of service.stdout.setEncoding('utf8')) {
    printed += text;
    const url = /Daypass is at (\S+)/.exec(printed)?.[1];
    const bearer = /\b(eyJ\S+)\s/.exec(printed)?.[1];
    if (url && bearer) return { url, bearer };
  }
  throw new Error('It ended without a banner.');
}

async function ask({ url, bearer }) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ query: '{ account { slug } }' }),
  });
  return response.json();
}
