import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { tzdataVersion } from '../time/zone-database';
import { broken, ok, warning, type Finding } from './doctor-finding';

const gigabyte = 1_000_000_000;
/** A busy account writes about a kilobyte an entry. */
const diskLeast = { warning: 5 * gigabyte, broken: gigabyte / 5 };

/** Node 20.19 is the least that runs the service. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    return broken('node', version, 'Install Node 20.19 or later; 24 is recommended.');
  }
  return ok('node', version);
}

/** Only our own data decides when a day ends; Node's shows whether ours is outdated. */
export function checkTimeZones(nodeVersion: string | undefined): Finding {
  const says = `time zones come from tzdata ${tzdataVersion}; Node's own version (${nodeVersion ?? 'none'}) is not used`;
  if (nodeVersion === undefined || nodeVersion <= tzdataVersion) return ok('time zones', says);
  const advice =
    'A newer release of the time zone data is available. Update Daypass before the changes take effect.';
  return warning('time zones', says, advice);
}

/** Free space for the data of the embedded PostgreSQL. */
export async function checkDisk(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfsOfNearest(dataDir);
  const free = bavail * bsize;
  const says = `${(free / gigabyte).toFixed(1)} GB are free for ${dataDir}`;
  const advice =
    'Free some space, or set DAYPASS_DATA_DIR to a larger disk. PostgreSQL stops when the disk is full.';
  if (free < diskLeast.broken) return broken('disk', says, advice);
  return free < diskLeast.warning ? warning('disk', says, advice) : ok('disk', says);
}

/** Of the folder, or of the nearest existing folder above it. */
async function statfsOfNearest(folder: string): Promise<{ bavail: number; bsize: number }> {
  try {
    return await statfs(folder);
  } catch (error) {
    if (path.dirname(folder) === folder) throw error;
    return statfsOfNearest(path.dirname(folder));
  }
}
