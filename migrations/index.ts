import { Accounts1763900000000 } from './1763900000000-accounts';
import { Ledger1763900100000 } from './1763900100000-ledger';

/** Every migration, oldest first. Forward-only in production; up, down and up in the tests. */
export const migrations = [Accounts1763900000000, Ledger1763900100000];
