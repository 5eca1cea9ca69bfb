import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unpackChromium } from '../browser/run-chromium';
import { makeRunCluster } from './run-cluster';
import { RunHost } from './run-host';
import { startRunPostgres } from './run-postgres';

/** Offers what a run has one of: PostgreSQL, a cluster to copy, and Chromium if it comes from npm. */
export default async function setUp(): Promise<void> {
  const host = new RunHost({
    postgres: startRunPostgres,
    cluster: makeRunCluster,
    chromium: unpackChromium,
  });
  await host.listen();
  Object.assign(globalThis, { runHost: host });
  // The workers inherit them.
  process.env.TEST_STATEMENTS = path.join(tmpdir(), `daypass-statements-${process.pid}.jsonl`);
  const look = ['scripts/ready.mjs', '--stale'];
  process.env.TEST_STALE_PARTS = execFileSync(process.execPath, look, { encoding: 'utf8' }).trim();
}
