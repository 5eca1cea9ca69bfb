import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { KeyDirectory } from '../../src/access/key-directory';
import type { Principal } from '../../src/access/principal';
import { createAccount } from '../../src/accounts/create-account';
import { newId } from '../../src/core/ids';
import { createLog } from '../../src/core/log';
import { readConfig } from '../../src/core/config';
import type { Hint, HintCarrier } from '../../src/db/hints';
import { ApiKeyRow } from '../../src/db/tables/api-key';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { bounded } from '../support/desk/socket';

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url);
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

/** Hints arrive, and the carrier's last hint is dated, as the test says. */
class Carrier implements HintCarrier {
  tell: (hint: Hint) => void = () => {};
  invalidateAll: () => void = () => {};
  heard = () => performance.now();

  listen(onHint: (hint: Hint) => void, onDoubt: () => void): void {
    this.tell = onHint;
    this.invalidateAll = onDoubt;
  }
  heardAt = () => this.heard();
  send = () => {};
  start = () => Promise.resolve();
  stop = () => Promise.resolve();
  isListening = () => true;
}

/** A directory that listens and does not poll, and a key that it knows. */
async function openDirectory() {
  const slug = `desk-${newId()}`;
  const accountId = await createAccount(source, {
    ...{ slug, name: slug, plan: 'plan', currency: 'USD', timeZone: 'UTC', sandbox: false },
    createdAt: new Date(),
  });
  const id = newId();
  await source.getRepository(ApiKeyRow).insert({
    ...{ accountId, id, name: 'A key', agentId: null, scopes: ['tickets:read'] },
    ...{ whenNoDayPass: null, secretHash: randomBytes(32), createdAt: new Date() },
    ...{ expiresAt: null, lastUsedAt: null, revokedAt: null },
  });
  const carrier = new Carrier();
  const log = createLog(readConfig({ LOG_LEVEL: 'silent' }));
  const directory = new KeyDirectory(source, carrier, log);
  directory.start();
  directory.stop();
  const isRevoked = async () => (await directory.find(accountId, id))?.isRevoked;
  expect(await isRevoked()).toBe(false);
  /** As if a process had died before it could send the hint. */
  const revoke = () =>
    source.query('update api_keys set revoked_at = now() where account_id = $1', [accountId]);
  const principal: Principal = {
    ...{ accountId, kind: 'SERVICE_KEY', agentId: null, email: null, scopes: ['tickets:read'] },
    ...{ keyId: id, sessionKeyId: null, expiresAtMs: Infinity },
  };
  return { accountId, id, carrier, directory, isRevoked, revoke, principal };
}

test('a key is read once while hints arrive, and again when one names it', async () => {
  const { accountId, id, carrier, isRevoked, revoke } = await openDirectory();
  await revoke();
  expect(await isRevoked()).toBe(false);
  carrier.tell({ accountId, state: { kind: 'key', id } });
  expect(await isRevoked()).toBe(true);
});

test('without a hint or a poll for five seconds, each request asks the database', async () => {
  const { carrier, isRevoked, revoke } = await openDirectory();
  carrier.heard = () => performance.now() - 5_000;
  await revoke();
  expect(await isRevoked()).toBe(true);
});

test('after any doubt a key is read again', async () => {
  const { carrier, isRevoked, revoke } = await openDirectory();
  await revoke();
  carrier.invalidateAll();
  expect(await isRevoked()).toBe(true);
});

test('a key of one account does not exist in another', async () => {
  const [one, other] = [await openDirectory(), await openDirectory()];
  expect(await one.directory.find(other.accountId, one.id)).toBeNull();
});

test('a holder of a key is notified once it is revoked, even if that was before it was held', async () => {
  const { accountId, id, carrier, directory, revoke, principal } = await openDirectory();
  const told = new Promise<void>((resolve) => directory.hold(principal, resolve));
  await revoke();
  carrier.tell({ accountId, state: { kind: 'key', id } });
  await bounded(told, 'the end of the key');

  await bounded(
    new Promise<void>((resolve) => directory.hold(principal, resolve)),
    'the end of a key that had ended',
  );
});
