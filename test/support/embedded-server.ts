import { readPasswords } from '../../src/db/embedded/passwords';
import { findPostmaster } from '../../src/db/embedded/postmaster';
import { chooseHome } from '../../src/db/embedded/server-home';

/** The port of the running embedded PostgreSQL of a data folder, or null. Starts and creates nothing. */
export async function embeddedPortOf(dataDir: string): Promise<number | null> {
  const home = chooseHome(dataDir);
  const passwords = readPasswords(home.cluster);
  return passwords && (await findPostmaster(home, passwords.superuser));
}
