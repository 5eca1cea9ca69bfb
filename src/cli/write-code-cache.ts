import { recordCode } from '../core/code-cache';

/**
 * A step of the build: loads what the service and the command line load, and writes the code for
 * core/compile-cache.ts.
 */
async function main(): Promise<void> {
  const write = recordCode();
  await import('../main');
  await import('../service');
  const { createProgram } = await import('./program');
  createProgram();
  const { buildApiSchema } = await import('../server/operation/schema');
  buildApiSchema();
  write();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
