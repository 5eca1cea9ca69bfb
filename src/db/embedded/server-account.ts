import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The operating system's account under which PostgreSQL runs. */
export interface ServerAccount {
  name: string;
  uid: number;
  gid: number;
}

/** If a machine has several, the first of these is used. */
const usualAccounts = ['postgres', '_postgres', 'nobody'];

/**
 * The account that PostgreSQL must run under, or null if it may run under ours. It refuses to run
 * as root, so root uses PostgreSQL's usual account, or nobody. On Windows pg_ctl drops an
 * administrator's rights automatically.
 *
 * @param existing folder of an earlier start: its owner, unless root, keeps it. So `sudo npm start`
 *   after `npm start` finds the same data.
 */
export function serverAccount(existing: string): ServerAccount | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = knownAccounts();
  const owner = statSync(existing, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) {
    const name = accounts.find(({ uid }) => uid === owner.uid)?.name ?? `uid ${owner.uid}`;
    return { name, uid: owner.uid, gid: owner.gid };
  }
  const found = usualAccounts.flatMap((name) => accounts.filter((one) => one.name === name));
  // A container without /etc/passwd still has the number that Linux uses for nobody.
  return found[0] ?? { name: 'nobody', uid: 65534, gid: 65534 };
}

/**
 * The first step on the path that `account` may not access, or null if it may access all. It must
 * be able to pass through each folder, and to `read` or `enter` the last.
 *
 * Decided by mode bits: an access list that allows more is not seen, and costs a copy at worst.
 */
export function firstClosed(
  path: string,
  account: ServerAccount | null,
  atTheEnd: 'enter' | 'read',
): string | null {
  if (!account) return null;
  const way: string[] = [path];
  // Ends at the root of the file system, whose parent is itself.
  for (let at = path; dirname(at) !== at; at = dirname(at)) way.unshift(dirname(at));
  const closed = way.find((step) => {
    const wanted = step === path && atTheEnd === 'read' ? readBit : enterBit;
    return !admits(step, account, wanted);
  });
  return closed ?? null;
}

const readBit = 0o4;
/** Of a folder: to pass through it. Of a file: to run it. */
const enterBit = 0o1;

function admits(path: string, account: ServerAccount, wanted: number): boolean {
  const { uid, gid, mode } = statSync(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}

function knownAccounts(): ServerAccount[] {
  let lines: string[];
  try {
    lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  } catch {
    return [];
  }
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && Number(uid) > 0 ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}
