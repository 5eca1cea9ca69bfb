import { rmSync } from 'node:fs';
import { judgeStatements } from './judge-statements';
import type { RunHost } from './run-host';

export default async function tearDown(): Promise<void> {
  await (globalThis as { runHost?: RunHost }).runHost?.close();
  const file = process.env.TEST_STATEMENTS;
  if (!file) return;
  try {
    await judgeStatements(file);
  } catch (error) {
    // For now a report, until a whole run has been seen to keep the rules.
    if (process.env.TEST_STATEMENT_RULES === 'strict') throw error;
    process.stderr.write(`${(error as Error).message}\n`);
  } finally {
    rmSync(file, { force: true });
  }
}
