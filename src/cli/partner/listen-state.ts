import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const shape = z.object({ cursor: z.string(), secret: z.string() });

/** What a listener needs to continue: its place, and the secret that it signs with. */
export type ListenState = z.infer<typeof shape>;

/** The state in a file; null if there is no such file. */
export function readState(file: string): ListenState | null {
  if (!existsSync(file)) return null;
  const read = shape.safeParse(safeJson(readFileSync(file, 'utf8')));
  if (read.success) return read.data;
  throw new Error(
    `${file} is not a state of "webhooks listen". Choose another file, or delete it.`,
  );
}

/** Replaces the file as a whole, so that a crash leaves the old state or the new one. */
export function writeState(file: string, state: ListenState): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
