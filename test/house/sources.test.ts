import { sourceFiles, type SourceFile } from '../support/sources';

const product = sourceFiles('src', 'migrations', 'scripts', 'bin');
const tests = sourceFiles('test');
const everything = [...product, ...tests];

/** Files that may read the environment, and why. */
const readersOfTheEnvironment = [
  // The service's settings.
  'src/core/config.ts',
  // Before any setting is read, as Node itself does.
  'src/core/compile-cache.ts',
  // What the embedded server's programs inherit; no setting of the service is read there.
  'src/db/embedded/binaries.ts',
  'src/db/embedded/run-program.ts',
  'src/db/embedded/watchdog.ts',
];

/** The patterns below are written so that this file does not match them itself. */
function where(files: SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}`] : [])),
  );
}

test('the sources are found', () => {
  expect(product.length).toBeGreaterThan(40);
  expect(tests.length).toBeGreaterThan(10);
});

test('no test is skipped or focused', () => {
  const marks =
    /\b(?:describe|test|it)\.(?:skip|only|todo|failing)\b|\b(?:xit|xtest|xdescribe|fit|fdescribe)\(/;
  expect(where(tests, marks)).toEqual([]);
});

test('no comment has work left to do', () => {
  expect(where(everything, /\b(?:TO[D]O|FIX[M]E|X[X]X)\b/)).toEqual([]);
});

test('TypeORM never changes the tables automatically', () => {
  expect(where(everything, /synchronize['"]?:\s*tru[e]/)).toEqual([]);
});

test('luxon computes in UTC only: which zone has which offset is decided in src/time', () => {
  const served = sourceFiles('src').filter(({ path }) => !path.startsWith('src/web/'));
  const using = served.filter(({ text }) => text.includes("from 'luxon'"));
  expect(using.length).toBeGreaterThan(1);
  expect(
    where(using, /\{ zone\b(?!: 'utc')|setZone\((?!'utc')|\bDateTime\.(?:now|local)\(/),
  ).toEqual([]);
});

test('only one place reads the environment', () => {
  const readers = where(sourceFiles('src', 'migrations'), /process\.en[v]/);
  const files = new Set(readers.map((place) => place.split(':')[0]));
  expect([...files].sort()).toEqual(readersOfTheEnvironment.sort());
});
