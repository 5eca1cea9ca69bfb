import { stripIgnoredCharacters } from 'graphql';
import { buildApiSchema } from '../../src/server/operation/schema';
import { checksumsOf, rowIdsOf } from '../support/desk/account-rows';
import { comesToRest } from '../support/desk/at-rest';
import { openTestSite, type TestSite } from '../support/desk/desk';
import {
  openDoors,
  walkersLimits,
  type WalkedDoor,
  type WalkedAnswer,
} from '../support/schema/walked-doors';
import { openFilledDesk, type FilledDesk } from '../support/desk/filled-desk';
import { Namings } from '../support/desk/namings';
import { rowIdsIn } from '../support/desk/opaque';
import { everyValueOf, leavesOf } from '../support/schema/schema-inputs';
import { isLong, size } from '../support/size';
import { operationOf, placesOf, type Place } from '../support/schema/schema-places';

/*
 * The separation of accounts. Everything that a caller may pass to any field is found in the
 * schema. If it names something, the test passes another account's, at every door, and the answer
 * must be, byte by byte, the answer for one that does not exist. If it filters or sorts a list,
 * nothing of another account may be in the list. No row of the other account may change.
 */

const schema = buildApiSchema();

/** What an admin may not ask, so that all that is given to it is refused unread. */
const closedToAdmins: readonly string[] = ['Mutation.createPortalSession'];

let site: TestSite;
let own: FilledDesk;
let other: FilledDesk;
let doors: WalkedDoor[];
let closeDoors: () => Promise<void>;
let namings: Namings;
let othersRows: ReadonlySet<string>;
let before: Record<string, string>;

beforeAll(async () => {
  site = await openTestSite(walkersLimits);
  own = await openFilledDesk(site, 'kestrel');
  other = await openFilledDesk(site, 'falcon');
  ({ doors, close: closeDoors } = openDoors(site.service.url));
  namings = new Namings(
    schema,
    own,
    other,
    doors.find(({ name }) => name === 'POST')!,
  );
  await namings.load();
  othersRows = await rowIdsOf(other.desk);
  await comesToRest(other.desk);
  before = await checksumsOf(other.desk);
});

afterAll(async () => {
  await closeDoors();
  await site.close();
});

const codesOf = ({ errors = [] }: WalkedAnswer) => errors.map(({ extensions }) => extensions.code);

/** Codes of an answer for which the value was not looked at. */
const inVain = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'QUERY_TOO_COMPLEX',
  'RATE_LIMITED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'DAY_PASS_REQUIRED',
  'SERVICE_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
];

/** Sends a value; fails if the operation did not use it. */
async function answerTo(door: WalkedDoor, place: Place, path: readonly string[], value: unknown) {
  const asked = operationOf(schema, place, { path, value, own: namings.ownValues });
  const answer = await door.ask(own.desk.admin.bearer, asked);
  const isAnswer = answer.data !== undefined || answer.errors !== undefined;
  const isVain =
    !isAnswer || answer.status === 431 || codesOf(answer).some((code) => inVain.includes(code));
  if (isVain && !closedToAdmins.includes(place.owner)) {
    throw new Error(
      `${place.owner} answered without data: ${JSON.stringify(answer).slice(0, 500)}`,
    );
  }
  return answer;
}

/** The answer as a text, without the value that was sent. */
function textOf(answer: WalkedAnswer, given: string): string {
  return JSON.stringify(answer).replaceAll(JSON.stringify(given).slice(1, -1), '<given>');
}

/** Whether a mutation was carried out: within the caller's account, by the other's name for it. */
function isAccepted({ operation }: Place, answer: WalkedAnswer): boolean {
  return operation === 'mutation' && JSON.stringify(answer).includes('"userErrors":[]');
}

/** Values that are new at each mutation: ids, instants, numbers. */
function withoutNew(text: string): string {
  return text
    .replace(/"[\w.-]{16,}"/g, '"<opaque>"')
    .replace(/"\d{4}-\d\d-\d\dT[^"]*"/g, '"<instant>"')
    .replace(/:-?\d+(?=[,}])/g, ':0');
}

/** Whatever of the other account is in a text: its words, and its ids however they are written. */
function leaksIn(text: string): string[] {
  return [...rowIdsIn(text, othersRows), ...(text.includes(other.mark) ? [other.mark] : [])];
}

/** Mutations come last: what they make is the caller's own, and queries would find it. */
const order = ['query', 'subscription', 'mutation'];
const cases = placesOf(schema)
  .sort((a, b) => order.indexOf(a.operation) - order.indexOf(b.operation))
  .flatMap((place) =>
    leavesOf(place.field.args, place.owner).map(
      (leaf) => [`${place.owner}(${leaf.path.join('.')})`, place, leaf] as const,
    ),
  )
  .map(([name, place, leaf], turn) => [name, place, leaf, turn] as const);

const asked = { named: 0, listed: 0 };

/** Node refuses an address of more than 16 kB: `node` with the fields of all types has a longer one. */
const addressMax = 15_000;

function fitsAddress(place: Place, { path }: { path: readonly string[] }): boolean {
  const { text } = operationOf(schema, place, { path, value: null, own: namings.ownValues });
  return encodeURIComponent(stripIgnoredCharacters(text)).length < addressMax;
}

/** Every door in the long run; in the short one by turns, so that each kind of argument meets each. */
function doorsOf(place: Place, leaf: { path: readonly string[] }, turn: number): WalkedDoor[] {
  const open = doors.filter(
    ({ name, carries }) =>
      carries.includes(place.operation) && (name !== 'GET' || fitsAddress(place, leaf)),
  );
  return isLong ? open : [open[turn % open.length]!];
}

test.each(cases)('%s', async (_name, place, leaf, turn) => {
  for (const door of doorsOf(place, leaf, turn)) {
    const answer = (value: unknown) => answerTo(door, place, leaf.path, value);
    const named = await namings.of(place, leaf);
    for (const { own: mine, others, nobodys } of named) {
      const theirs = await answer(others);
      const nothing = textOf(await answer(nobodys), nobodys);
      const same = isAccepted(place, theirs) ? withoutNew : (text: string) => text;
      expect(same(textOf(theirs, others))).toBe(same(nothing));
      expect(leaksIn(textOf(theirs, others))).toEqual([]);
      asked.named += 1;
      if (place.operation !== 'query' || mine.length === 0) continue;
      // One of the caller's own gets another answer: the value is used.
      let isUsed = false;
      for (const one of mine) isUsed ||= textOf(await answer(one), one) !== nothing;
      expect(isUsed).toBe(true);
    }
    if (named.length > 0 || place.operation === 'mutation') continue;
    for (const value of everyValueOf(schema, leaf, namings.ownValues)) {
      expect(leaksIn(JSON.stringify(await answer(value)))).toEqual([]);
      asked.listed += 1;
    }
  }
  // The last test does the same once for all; this names the mutation, and reads 40 tables each time.
  if (isLong && place.operation === 'mutation') {
    expect(await checksumsOf(other.desk)).toEqual(before);
  }
});

test('enough was tried, with accounts that have a row of every type', async () => {
  expect(await checksumsOf(other.desk)).toEqual(before);
  expect(asked.named).toBeGreaterThan(size(100, 200));
  expect(asked.listed).toBeGreaterThan(size(50, 100));
  const empty = Object.entries(before).flatMap(([table, sum]) => (/^0 /.test(sum) ? [table] : []));
  expect(empty).toEqual(['emergency_passes', 'job_outbox']);
});
