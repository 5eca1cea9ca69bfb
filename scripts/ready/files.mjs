import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';

/** The file's text; null if there is no such file. */
export function read(path) {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ESRCH'].includes(error.code)) return null;
    throw error;
  }
}

/** Replaces a file in one step. */
export function writeWhole(path, content) {
  const draft = `${path}.${randomUUID()}`;
  fs.writeFileSync(draft, content);
  fs.renameSync(draft, path);
}
