import path from 'node:path';
import { createTestFolder } from '../folder';
import { startProgram } from '../process';
import type { Made } from '../jest/run-host';

/** Unpacks the Chromium of npm; returns its path and that of its libraries, as JSON. */
export async function unpackChromium(): Promise<Made> {
  const folder = createTestFolder();
  const program = path.join('test', 'support', 'browser', 'npm-chromium.program.mjs');
  const unpacking = startProgram(process.execPath, [program], { TMPDIR: folder.path });
  const { code } = await unpacking.ended;
  if (code !== 0) {
    folder.remove();
    throw new Error(`No Chromium was found. ${unpacking.errors()}`);
  }
  return { answer: unpacking.output(), dispose: async () => folder.remove() };
}
