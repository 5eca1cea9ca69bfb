import { readdirSync } from 'node:fs';
import path from 'node:path';
import { entryKinds } from '../../src/ledger/entries/entry-kinds';
import { eventTypes } from '../../src/passes/events/event-kinds';
import { words } from '../../src/web/words';
import { root } from '../support/sources';

/*
 * A kind of journal entry is one module per level: what it does to the books, its type in the API, and
 * what the pages say of it. The compiler holds each level's list to its kinds; this holds the levels.
 */

const kinds = Object.keys(entryKinds);
const fileOf = (kind: string) => `${kind.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase()}.ts`;

test.each([
  ['the ledger', 'src/ledger/entries'],
  ['the API', 'src/passes/events/kinds'],
  ['the pages', 'src/web/dashboard/entries'],
])('%s has one module for each kind of entry', (_level, folder) => {
  const files = readdirSync(path.join(root, folder)).filter((file) =>
    /^(day-pass|invoice)/.test(file),
  );
  expect(files.sort()).toEqual(kinds.map(fileOf).sort());
});

test('each kind of entry is a type of the API and has a name on the pages', () => {
  expect(eventTypes.map(({ name }) => name).sort()).toEqual([...kinds, 'OtherDayPassEvent'].sort());
  expect(Object.keys(words.ledger.kind).sort()).toEqual([...kinds, 'OtherDayPassEvent'].sort());
});

test('each kind names itself as the list of kinds does', () => {
  for (const [name, { kind }] of Object.entries(entryKinds)) expect(kind).toBe(name);
});
