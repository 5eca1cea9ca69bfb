import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The running release, from package.json: beside the sources, or one folder up for the build. */
export function releaseVersion(): string {
  const places = ['../../package.json', '../../../package.json'];
  const found = places.map((place) => path.join(__dirname, place)).find((file) => existsSync(file));
  if (!found) throw new Error('package.json is missing.');
  return (JSON.parse(readFileSync(found, 'utf8')) as { version: string }).version;
}
