import { rmSync } from 'node:fs';
import { judgeStatements } from './judge-statements';
import type { RunHost } from './run-host';

export default async function tearDown(): Promise<void> {
  await (globalThis as { runHost?: RunHost }).runHost?.close();
  const file = process.env.TEST_STATEMENTS;
  if (!file) return;
  try {
    await judgeStatements(file);
  } finally {
    rmSync(file, { force: true });
  }
}
