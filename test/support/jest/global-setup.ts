import { unpackChromium } from '../browser/run-chromium';
import { RunHost } from './run-host';
import { startRunPostgres } from './run-postgres';

/** Offers what a run has one of: PostgreSQL, and Chromium if it comes from npm. */
export default async function setUp(): Promise<void> {
  const host = new RunHost({ postgres: startRunPostgres, chromium: unpackChromium });
  await host.listen();
  Object.assign(globalThis, { runHost: host });
}
