import { migrations } from '../../migrations';
import { migrate, pendingMigrations } from '../../src/db/migrate';
import { printSchemaSql } from '../../src/db/print-schema-sql';
import {
  createEmptyDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../support/desk/database';
import { openTestSource } from '../support/desk/database';

const allNames = migrations.map((migration) => migration.name);

let database: TestDatabase;
afterEach(() => database.drop());

test('the migrations go up, down and up again, and end where they were', async () => {
  database = await createEmptyDatabase();
  const source = await openTestSource(database.url);
  try {
    const empty = await printSchemaSql(source);
    await source.runMigrations();
    const migrated = await printSchemaSql(source);
    for (let left = migrations.length; left > 0; left -= 1) await source.undoLastMigration();
    expect(await printSchemaSql(source)).toBe(empty);
    await source.runMigrations();
    expect(await printSchemaSql(source)).toBe(migrated);
  } finally {
    await source.destroy();
  }
});

test('a migrated database has nothing pending, an empty one has', async () => {
  database = await createTestDatabase();
  expect(await isPending(database.url)).toBe(false);
  await database.drop();
  database = await createEmptyDatabase();
  expect(await isPending(database.url)).toBe(true);
});

test('replicas that start together migrate and set up once', async () => {
  database = await createEmptyDatabase();
  let inside = 0;
  const alone = async () => {
    expect((inside += 1)).toBe(1);
    await new Promise(setImmediate);
    inside -= 1;
  };
  const ran = await Promise.all([1, 2, 3].map(() => migrate(database.url, alone)));
  expect(ran.sort((a, b) => b.length - a.length)).toEqual([allNames, [], []]);
});

test('a migration that fails leaves the lock to the next', async () => {
  database = await createEmptyDatabase();
  const failing = migrate(database.url, () => Promise.reject(new Error('No set-up today.')));
  await expect(failing).rejects.toThrow('No set-up today.');
  expect(await migrate(database.url)).toEqual([]);
});

async function isPending(url: string): Promise<boolean> {
  const source = await openTestSource(url);
  return pendingMigrations(source).finally(() => source.destroy());
}
