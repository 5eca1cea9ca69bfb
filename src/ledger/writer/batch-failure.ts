/**
 * What a failed batch means:
 * - `again`: it may work at once (a deadlock, a lost connection); safe, as every command has a key;
 * - `busy`: the account or the database does not answer in time; leave the account alone a while;
 * - `content`: the database refuses what is in it; its commands are run one by one.
 */
export type BatchFailure = 'again' | 'busy' | 'content';

const serializationFailure = '40001';
const deadlockDetected = '40P01';
const adminShutdown = '57P01';
const crashShutdown = '57P02';
const idleSessionTimeout = '57P05';
const cannotConnectNow = '57P03';
const lockNotAvailable = '55P03';
const queryCanceled = '57014';
const idleInTransactionTimeout = '25P03';
/** The database accepts no connections at present, or does not exist: somebody restores it. */
const databaseIsClosed = ['55000', '3D000'];
/** Class 53: no connections, no memory, a disk that is full. */
const insufficientResources = '53';

const again = [
  serializationFailure,
  deadlockDetected,
  adminShutdown,
  crashShutdown,
  idleSessionTimeout,
];
const busy = [
  cannotConnectNow,
  lockNotAvailable,
  queryCanceled,
  idleInTransactionTimeout,
  ...databaseIsClosed,
];

/**
 * A cluster has lost a machine in the middle of a commit. Citus has no code of its own for that: it
 * reports an internal error, "could not commit transaction for shard 102008 on at least one active
 * node". Every other internal error is a fault of the database.
 */
const internalError = 'XX000';
const lostCommit =
  /^could not commit transaction (?:for shard \d+ )?on (?:any|at least one) active node/;

/** Whether others held a lock for longer than we wait for one. */
export function isLockWait(error: unknown): boolean {
  return (error as { code?: unknown }).code === lockNotAvailable;
}

/** Judges by the SQLSTATE, and by what Node and the driver say of a connection that broke. */
export function judgeFailure(error: unknown): BatchFailure {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const state = typeof code === 'string' ? code : '';
  if (again.includes(state) || state.startsWith('08')) return 'again';
  if (busy.includes(state) || state.startsWith(insufficientResources)) return 'busy';
  if (['ECONNRESET', 'EPIPE'].includes(state)) return 'again';
  if (['ECONNREFUSED', 'ETIMEDOUT', 'ENOENT', 'EHOSTUNREACH'].includes(state)) return 'busy';
  const text = String(message);
  if (state === internalError && lostCommit.test(text)) return 'again';
  if (/Connection terminated unexpectedly|Client has encountered a connection error/.test(text)) {
    return 'again';
  }
  // Messages of the pool have no code; a code of PostgreSQL that is not listed above is a fault.
  if (state === '' && /timeout/i.test(text)) return 'busy';
  return 'content';
}
