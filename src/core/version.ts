import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The release that runs, as package.json says: beside the sources, or a folder further up for the build. */
export function releaseVersion(): string {
  const places = ['../../package.json', '../../../package.json'];
  const found = places.map((place) => path.join(__dirname, place)).find((file) => existsSync(file));
  if (!found) throw new Error('package.json is missing.');
  return (JSON.parse(readFileSync(found, 'utf8')) as { version: string }).version;
}
