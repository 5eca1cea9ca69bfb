import { Kind, parse, type DocumentNode, type GraphQLError } from 'graphql';
import { readConfig } from '../../src/core/config';
import { Documents } from '../../src/server/operation/documents';
import { buildApiSchema } from '../../src/server/operation/schema';

const mebibyte = 1024 * 1024;
const warned: object[] = [];
const log = { warn: (entry: object) => void warned.push(entry) };

const open = () =>
  new Documents(buildApiSchema(), readConfig({}).limits, { introspection: false, log });

let documents: Documents;
beforeAll(() => (documents = open()));

test('documents are kept by the bytes of their texts, and the least recently used one is removed', () => {
  const text = (at: number) => `{ __typename } # ${at} ${'x'.repeat(60_000)}`;
  const first = documents.read(text(0), { keep: true });
  for (let at = 1; at < 40; at += 1) {
    documents.read(text(at), { keep: true });
    expect(documents.known(text(0))).toBe(first);
    expect(documents.keptBytes).toBeLessThanOrEqual(mebibyte);
  }
  expect(documents.known(text(1))).toBeUndefined();
  expect(documents.known(text(39))).toBeDefined();
});

test('of short texts only so many are kept', () => {
  const short = open();
  for (let at = 0; at < 1_200; at += 1)
    short.read(`{ a${at % 30}: __typename } #${at}`, { keep: true });
  const kept = Array.from({ length: 1_200 }, (_, at) =>
    short.known(`{ a${at % 30}: __typename } #${at}`),
  );
  expect(kept.filter(Boolean)).toHaveLength(1_000);
});

test('no document is kept of a caller without a credential, nor a refused one', () => {
  const texts = ['{ __typename } # nobody', '{ nothing }', '{'];
  documents.read(texts[0]!, { keep: false });
  for (const text of texts.slice(1)) documents.read(text, { keep: true });
  expect(texts.map((text) => documents.known(text))).toEqual([undefined, undefined, undefined]);
});

test('a document contains neither its text nor its comments', () => {
  const document = documents.read('{ __typename } # a\n# b', { keep: true }) as DocumentNode;
  expect(document.loc).toBeUndefined();
  expect(document.definitions[0]!.loc).toBeUndefined();
});

test('what a library throws at a text is a fault of the text', () => {
  const faultOf = (read: ReturnType<Documents['read']>) => (read as readonly GraphQLError[])[0]!;
  const deep = documents.read(`{ a(b: ${'['.repeat(1_990)}`, { keep: true });
  expect(faultOf(deep).extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
  // A document that no parser makes: the validator runs into it.
  const { definitions } = parse('{ a }');
  const broken = { ...definitions[0]!, selectionSet: null };
  const reader = open();
  const parser: { parse(): unknown } = reader as never;
  jest.spyOn(parser, 'parse').mockReturnValue({ kind: Kind.DOCUMENT, definitions: [broken] });
  expect(faultOf(reader.read('{ a }', { keep: true }))).toMatchObject({
    message: 'The document cannot be read.',
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });
  // The operator may be shown a fault of a library; the caller is not.
  expect(warned.at(-1)).toMatchObject({ err: expect.any(TypeError) });
});

test('only the first errors of a document are reported', () => {
  const text = `{ ${Array.from({ length: 150 }, (_, at) => `field${at}`).join(' ')} }`;
  expect(documents.read(text, { keep: true })).toHaveLength(11);
});

const listOf = (count: number, part: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ');

test.each([
  ['fragments', 50, (count: number) => `{ ...f0 } ${fragments(count, (at) => `f${at}`)}`],
  ['fragments that share a name', 50, (count: number) => `{ ...f } ${fragments(count, () => 'f')}`],
  ['variables', 100, (count: number) => `query (${listOf(count, (at) => `$v${at}: Int`)}) { id }`],
  [
    'variables of two operations',
    100,
    (count: number) =>
      `query a(${listOf(50, (at) => `$v${at}: Int`)}) { id } query b(${listOf(count - 50, (at) => `$v${at}: Int`)}) { id }`,
  ],
])('a document has a maximum of %s', (what, most, document) => {
  const faults = (count: number) =>
    (documents.read(document(count), { keep: true }) as readonly GraphQLError[]).map(
      ({ message }) => message,
    );
  const [noun] = what.split(' ');
  const refusal = `The document has ${most + 1} ${noun}; at most ${most} are allowed.`;
  expect(faults(most + 1)).toEqual([refusal]);
  expect(faults(most)).not.toContainEqual(expect.stringContaining('at most'));
});

const fragments = (count: number, name: (at: number) => string) =>
  listOf(count, (at) => `fragment ${name(at)} on Query { __typename }`);

describe('aliases', () => {
  const many = (count: number, field: string, from = 0) =>
    Array.from({ length: count }, (_, at) => `a${from + at}: ${field}`).join(' ');
  const refusalOf = (selections: string, operation = '') => {
    const read = open().read(`${operation} { ${selections} }`, { keep: false });
    return 'kind' in read ? null : read[0]!.message;
  };
  const node = 'node(id: "x") { id }';
  const consume = 'consumeDayPass(input: {confirmationToken: "x"}) { replayed }';
  const cases: [what: string, selections: string, refusal: string | null, operation?: string][] = [
    ['31 joined rows', many(31, node), null],
    ['100 of one field', many(100, node), null],
    [
      '101 of one field',
      many(101, node),
      'The field "node" has 101 aliases; at most 100 are allowed.',
    ],
    [
      '101 of one field, in sets and fragments',
      `account { ${many(50, 'id')} ... { ${many(51, 'id', 50)} } }`,
      'The field "id" has 101 aliases; at most 100 are allowed.',
    ],
    ['200 of several', `${many(100, '__typename')} ${many(100, node, 100)}`, null],
    [
      '201 of several',
      `${many(100, '__typename')} ${many(99, node, 100)} b: account { c: id }`,
      'The document has 201 aliases; at most 200 are allowed.',
    ],
    ['30 of consumeDayPass', many(30, consume), null, 'mutation'],
    [
      '31 of consumeDayPass',
      many(31, consume),
      'The field "consumeDayPass" has 31 aliases; at most 30 are allowed.',
      'mutation',
    ],
  ];

  test.each(cases)('%s', (...given) => {
    const [, selections, refusal, operation] = given;
    expect(refusalOf(selections, typeof operation === 'string' ? operation : '')).toBe(refusal);
  });

  test('of one field are half of a greater limit', () => {
    const limits = { ...readConfig({}).limits, aliases: 300, tokens: 5_000 };
    const wide = new Documents(buildApiSchema(), limits, { introspection: false, log });
    const read = (count: number) => wide.read(`{ ${many(count, node)} }`, { keep: false });
    expect(read(150)).toMatchObject({ kind: Kind.DOCUMENT });
    expect(read(151)).toMatchObject([{ message: expect.stringContaining('150 are allowed') }]);
  });
});
