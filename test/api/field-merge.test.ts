import { buildSchema, OverlappingFieldsCanBeMergedRule, parse, validate } from 'graphql';
import { fieldMergeRule } from '../../src/api/field-merge.rules';
import { Random } from '../simulation/random';
import { RandomDocuments } from '../support/schema/random-documents';

/** Small, so that fields meet: an interface with fields of equal name and unequal type. */
const schema = buildSchema(`
  interface Pet { name: String friend(of: Int): Pet id: ID }
  type Dog implements Pet { name: String friend(of: Int): Pet id: ID age: Int tag: String! list: [Int] }
  type Cat implements Pet { name: String friend(of: Int): Pet id: ID age: String tag: Int list: [Int!] }
  union Animal = Dog | Cat
  type Query { pet(of: Int, by: Order): Pet animal: Animal dog: Dog cat: Cat id: ID }
  input Order { a: Int b: [Int] }
`);
const limits = { fields: 200, tokens: 2_000 };

function verdicts(text: string): { ours: boolean; theirs: boolean } {
  const document = parse(text);
  const isFree = (rule: Parameters<typeof validate>[2]) =>
    validate(schema, document, rule, { maxErrors: 1 }).length === 0;
  return {
    ours: isFree([fieldMergeRule(limits)]),
    theirs: isFree([OverlappingFieldsCanBeMergedRule]),
  };
}

const cases: [what: string, text: string, mayMerge: boolean][] = [
  ['one field twice', '{ dog { name name } }', true],
  ['two fields of one name', '{ dog { name: id name } }', false],
  [
    'equal arguments in another order',
    '{ pet(of: 1, by: {a: 1, b: [2]}) { id } pet(by: {b: [2], a: 1}, of: 1) { id } }',
    true,
  ],
  ['other arguments', '{ a: pet(of: 1) { id } a: pet(of: 2) { id } }', false],
  ['an argument and none', '{ pet(of: 1) { id } pet { id } }', false],
  [
    'fields of two types that exclude each other',
    '{ pet { ... on Dog { x: age } ... on Cat { x: tag } } }',
    true,
  ],
  [
    'two fields of types that exclude each other',
    '{ animal { ... on Dog { x: list } ... on Cat { x: name } } }',
    false,
  ],
  [
    'two shapes of types that exclude each other',
    '{ animal { ... on Dog { tag } ... on Cat { tag } } }',
    false,
  ],
  ['a conflict below equal fields', '{ dog { friend { x: id } friend { x: name } } }', false],
  [
    'a conflict below, of types that exclude each other',
    '{ pet { ... on Dog { friend { x: id } } ... on Cat { friend { x: name } } } }',
    false,
  ],
  [
    'no conflict below, of types that exclude each other',
    '{ pet { ... on Dog { friend(of: 1) { id } } ... on Cat { friend(of: 2) { name } } } }',
    true,
  ],
  ['an interface with one of its types', '{ pet { x: id ... on Dog { x: name } } }', false],
  [
    'by way of fragments',
    '{ dog { ...a ...b } } fragment a on Dog { x: id } fragment b on Pet { x: name }',
    false,
  ],
  [
    'fragments that lead to themselves',
    '{ dog { ...a } } fragment a on Dog { id friend { ...a } ...a }',
    true,
  ],
];

test.each(cases)('%s', (_what, text, mayMerge) => {
  expect(verdicts(text)).toEqual({ ours: mayMerge, theirs: mayMerge });
});

test('the verdict is that of graphql-js, in random documents', () => {
  const seed = 20_261_128;
  const documents = new RandomDocuments(schema, new Random(seed), { operations: ['query'] });
  const counts = { free: 0, conflicts: 0 };
  for (let at = 0; at < 2_000; at += 1) {
    const { query } = documents.next();
    let found: { ours: boolean; theirs: boolean };
    try {
      found = verdicts(query);
    } catch {
      continue;
    }
    if (found.ours !== found.theirs)
      throw new Error(`They differ (${JSON.stringify(found)}): ${query}`);
    counts[found.theirs ? 'free' : 'conflicts'] += 1;
  }
  expect(counts.free).toBeGreaterThan(200);
  expect(counts.conflicts).toBeGreaterThan(200);
});

test('fragments that repeat each other without end are refused', () => {
  const repeat = (
    at: number,
  ) => `fragment f${at} on Pet { friend { ${'...f'}${at + 1} } b: friend { ...f${at + 1} ...g${at + 1} } }
    fragment g${at} on Pet { friend { ...g${at + 1} ...f${at + 1} } b: friend { ...f${at + 1} } }`;
  const levels = Array.from({ length: 40 }, (_, at) => repeat(at)).join(' ');
  const text = `{ pet { ...f0 ...g0 } } ${levels} fragment f40 on Pet { id } fragment g40 on Pet { id }`;
  const faults = validate(schema, parse(text), [fieldMergeRule({ fields: 200, tokens: 100 })]);
  expect(faults.map(({ message }) => message)).toEqual([
    'The fragments repeat too many fields. Use fewer or smaller fragments.',
  ]);
});
