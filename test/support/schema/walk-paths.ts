import type { GraphQLSchema } from 'graphql';
import type { Person } from '../desk/desk';
import {
  endOf,
  firstPaths,
  foundIn,
  nextPaths,
  pathsBehind,
  type Found,
  type Path,
  type RootArguments,
} from './schema-paths';
import type { WalkedDoor } from './walked-doors';

/** The walk: the schema's paths, their arguments and the doors. */
export interface Ground {
  schema: GraphQLSchema;
  doors: readonly WalkedDoor[];
  argumentsOf: RootArguments;
  /** Fields of the longest path. */
  longest: number;
  /** So many objects of one type are walked on from, on the shortest ways to them; all by default. */
  ofEachType?: number;
}

/** Many paths in one request: as many aliases as `consumeDayPass` may have. */
const batchMax = 30;

/** What a person finds at the ends of paths. Each path is queried separately, under an alias. */
async function ask({ doors }: Ground, person: Person, paths: readonly Path[]): Promise<Found[][]> {
  const found: Found[][] = [];
  for (let at = 0; at < paths.length;) {
    const { operation } = paths[at]!;
    const alone = operation === 'subscription';
    const some = paths
      .slice(at, at + (alone ? 1 : batchMax))
      .filter((one) => one.operation === operation);
    at += some.length;
    const texts = some.map(
      (path, index) => `${alone ? '' : `p${index}: `}${path.text(endOf(path))}`,
    );
    const door = doors.find(({ carries }) => carries.includes(alone ? operation : 'mutation'))!;
    const answer = await door.ask(person.bearer, {
      type: operation,
      text: `${operation} { ${texts.join(' ')} }`,
    });
    const codes = (answer.errors ?? []).map(({ extensions }) => extensions.code);
    if (codes.some((code) => !answered.includes(code))) {
      throw new Error(`${some[0]!.name}: ${JSON.stringify(answer.errors).slice(0, 500)}`);
    }
    if (alone) found.push(foundIn(answer.data));
    else found.push(...some.map((_, index) => foundIn(answer.data?.[`p${index}`])));
  }
  return found;
}

/** Faults with which a path is answered; with any other it was not walked. */
const answered = ['FORBIDDEN', 'DAY_PASS_REQUIRED', 'NOT_FOUND'];

export interface Walk {
  /**
   * Paths that were walked, with any arguments: those that were queried, and those after the end of
   * one.
   */
  walked: number;
  asked: number;
  seen: { path: Path; found: Found }[];
}

/** Walks on from every object: after null there is nothing. */
export async function walkPaths(ground: Ground, person: Person): Promise<Walk> {
  const { schema, argumentsOf, longest, ofEachType = Infinity } = ground;
  const walkedFrom = new Map<string, number>();
  /** Whether one more object of its type is walked on from. */
  const isNext = ({ type: { name } }: Path) => {
    const count = (walkedFrom.get(name) ?? 0) + 1;
    walkedFrom.set(name, count);
    return count <= ofEachType;
  };
  const result: Walk = { walked: 0, asked: 0, seen: [] };
  let paths = firstPaths(schema, argumentsOf);
  // As long as the longest path, with its lists and edges.
  for (let turn = 0; paths.length > 0 && turn < 3 * longest; turn += 1) {
    const found = await ask(ground, person, paths);
    const ended = new Map<string, Path>(paths.map((path) => [path.name, path]));
    result.asked += paths.length;
    result.walked += ended.size;
    paths.forEach((path, at) =>
      found[at]!.forEach((one) => result.seen.push({ path, found: one })),
    );
    const alive = paths.filter((_, at) => found[at]!.length > 0);
    for (const { name } of alive) ended.delete(name);
    for (const path of ended.values()) result.walked += pathsBehind(schema, path, longest);
    paths = alive
      .filter(isNext)
      .flatMap((path) => nextPaths(schema, path))
      .filter(({ length }) => length <= longest);
  }
  expect(paths).toEqual([]);
  return result;
}

/** The paths by which somebody was shown what is not for them. */
export function leaksOf({ seen }: Walk, mayRead: (found: Found) => boolean): string[] {
  const leaks = seen.filter(({ found }) => !mayRead(found));
  return [...new Set(leaks.map(({ path }) => path.name))];
}
