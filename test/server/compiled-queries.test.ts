import {
  execute,
  GraphQLEnumType,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFieldConfigMap,
  type GraphQLOutputType,
  type OperationDefinitionNode,
} from 'graphql';
import { RequestContext } from '../../src/api/context';
import { continueResolvedFields } from '../../src/api/resolved-fields';
import { CompiledQueries } from '../../src/server/operation/compiled-queries';

let calls: string[] = [];

class Row {
  constructor(
    readonly id: string,
    readonly more: object = {},
  ) {
    Object.assign(this, more);
  }
}

const Size = new GraphQLEnumType({ name: 'Size', values: { SMALL: { value: 1 }, LARGE: {} } });
const Named = new GraphQLInterfaceType({
  name: 'Named',
  fields: { id: { type: new GraphQLNonNull(GraphQLID) } },
  resolveType: ({ type }: { type?: unknown }) => type as string,
});
const Node = new GraphQLInterfaceType({
  name: 'Node',
  fields: { id: { type: new GraphQLNonNull(GraphQLID) } },
  resolveType: async ({ type }: { type?: unknown }) => type as string,
});
const Item: GraphQLObjectType = new GraphQLObjectType({
  name: 'Item',
  interfaces: [Named],
  isTypeOf: (value) => value instanceof Row,
  fields: (): GraphQLFieldConfigMap<unknown, unknown> => ({
    id: { type: new GraphQLNonNull(GraphQLID) },
    name: { type: GraphQLString },
    size: { type: Size },
    sizes: { type: new GraphQLList(new GraphQLNonNull(Size)) },
    sure: { type: new GraphQLNonNull(GraphQLString) },
    next: { type: Item },
    rest: { type: new GraphQLList(Item) },
    count: {
      type: GraphQLInt,
      args: { by: { type: GraphQLInt, defaultValue: 2 } },
      resolve: (_row, { by }: { by?: number }) => by ?? null,
    },
    place: { type: GraphQLString, resolve: (_row, _args, _context, { path }) => placeOf(path) },
    refused: {
      type: GraphQLString,
      resolve: () => {
        throw new Error('Refused.');
      },
    },
    later: { type: GraphQLString, resolve: () => called('later', Promise.resolve('later')) },
    lateRow: { type: Item, resolve: () => called('lateRow', Promise.resolve(item('late'))) },
    lateRefusal: {
      type: GraphQLString,
      resolve: () => called('lateRefusal', Promise.reject(new Error('Late.'))),
    },
  }),
});
const Other = new GraphQLObjectType({
  name: 'Other',
  interfaces: [Named, Node],
  fields: { id: { type: new GraphQLNonNull(GraphQLID) }, note: { type: GraphQLString } },
});
const Either = new GraphQLUnionType({
  name: 'Either',
  types: [Item, Other],
  resolveType: ({ type }: { type?: unknown }) => type as string,
});

/** Notes the call of a resolver that reads. */
function called<Value>(name: string, value: Promise<Value>): Promise<Value> {
  calls.push(name);
  return value;
}

interface Step {
  key: string | number;
  prev: Step | undefined;
}
function placeOf({ key, prev }: Step): string {
  return prev ? `${placeOf(prev)}.${key}` : String(key);
}

const item = (id: string, more: object = {}) => new Row(id, { type: 'Item', ...more });
const other = (id: string) => ({ id, type: 'Other', note: `note of ${id}` });
const items = [
  item('1', { name: 'one', size: 1, sizes: [1, 'LARGE'] }),
  item('2', { name: () => 'made', next: item('3', { sure: 'yes' }) }),
];

const root = (
  type: GraphQLOutputType,
  resolve: (root: unknown, args: { of?: string }) => unknown,
) => ({
  type,
  args: { of: { type: GraphQLString } },
  resolve: (
    source: unknown,
    args: { of?: string },
    _context: unknown,
    info: { fieldName: string },
  ) => {
    const value = resolve(source, args);
    // The others have read nothing.
    return value instanceof Promise ? called(info.fieldName, value) : value;
  },
});
const schema = new GraphQLSchema({
  types: [Other],
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      text: root(GraphQLString, (_root, { of }: { of?: string }) => of ?? 'text'),
      items: root(new GraphQLNonNull(new GraphQLList(Item)), async () => items),
      gaps: root(new GraphQLList(Item), () => [items[0], null, items[1]]),
      none: root(Item, () => undefined),
      foreign: root(Item, () => ({ id: 'not a row' })),
      failed: root(Item, () => new Error('An error as a value.')),
      thrown: root(GraphQLString, () => {
        throw new Error('Thrown.');
      }),
      rejected: root(GraphQLString, () => Promise.reject(new Error('Rejected.'))),
      either: root(new GraphQLList(Either), () => [items[0], other('4')]),
      named: root(Named, async () => other('5')),
      node: root(Node, async () => other('7')),
      nobody: root(Named, () => ({ id: '6', type: 'Nothing' })),
      promises: root(new GraphQLList(GraphQLString), () => [Promise.resolve('a'), 'b']),
      set: root(new GraphQLList(GraphQLString), () => new Set(['a'])),
      number: root(GraphQLInt, () => 'not a number'),
    },
  }),
});
continueResolvedFields(schema);

function contextOf(): RequestContext {
  return Object.assign(Object.create(RequestContext.prototype) as RequestContext, {
    resolved: null,
  });
}

interface Asked {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  source: string;
  variables: Record<string, unknown>;
}

function ask(source: string, variables: Record<string, unknown> = {}): Asked {
  const document = parse(source, { noLocation: true });
  expect(validate(schema, document)).toEqual([]);
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return { document, operation: operation as OperationDefinitionNode, source, variables };
}

async function byGraphQL({ document, variables }: Asked, contextValue = contextOf()) {
  return execute({ schema, document, variableValues: variables, contextValue });
}

const text = (value: unknown) => JSON.stringify(value, null, 1);

/** What a plan answers, and what is left to graphql-js. */
const cases: [by: 'a plan' | 'graphql-js', source: string, variables?: Record<string, unknown>][] =
  [
    ['a plan', '{ items { id name size sizes count place __typename } }'],
    ['a plan', '{ a: text b: text(of: "x") c: __typename }'],
    ['a plan', 'query ($of: String = "d") { text(of: $of) }'],
    ['a plan', 'query ($of: String) { text(of: $of) }', { of: 'given' }],
    ['a plan', 'query ($by: Int) { items { count(by: $by) } }'],
    ['a plan', '{ items { a: count(by: 1) b: count(by: null) next { id sure } rest { id } } }'],
    ['a plan', '{ gaps { id next { id place } } none { id } }'],
    [
      'a plan',
      '{ items { name ...F ... on Named { id } } } fragment F on Item { size next { id } }',
    ],
    ['a plan', '{ items { next { id } ...F } } fragment F on Item { id next { name sure } }'],
    ['a plan', '{ items { id } items { name ... on Item { size } } }'],
    ['a plan', '{ either { __typename ... on Item { name } ... on Other { note id } } }'],
    ['a plan', '{ named { __typename id ... on Item { name } } }'],
    ['graphql-js', '{ items { id sure } }'],
    ['graphql-js', '{ items { id refused } text }'],
    ['a plan', '{ items { id later next { later id } lateRow { id later } } }'],
    ['graphql-js', '{ items { id later lateRefusal } }'],
    ['graphql-js', '{ items { lateRow { id sure } later } text }'],
    ['graphql-js', '{ items { id } text @skip(if: false) }'],
    ['graphql-js', '{ items { id name @include(if: false) } }'],
    ['graphql-js', '{ foreign { id } text }'],
    ['graphql-js', '{ failed { id } text }'],
    ['graphql-js', '{ thrown rejected text }'],
    ['graphql-js', '{ nobody { id } }'],
    ['graphql-js', '{ node { __typename id } }'],
    ['a plan', '{ promises text }'],
    ['graphql-js', '{ promises set text }'],
    ['graphql-js', '{ set text }'],
    ['graphql-js', '{ number text }'],
    ['graphql-js', '{ __proto__: text constructor: text }'],
    ['graphql-js', '{ __schema { queryType { name } } }'],
    ['graphql-js', 'query ($of: String!) { text(of: $of) }'],
    ['graphql-js', 'query ($by: Int) { items { count(by: $by) } }', { by: 'no number' }],
  ];

test.each(cases)('%s answers %s', async (...of) => {
  const [by, source, variables] = of;
  const queries = new CompiledQueries(schema);
  const asked = ask(source, variables);
  calls = [];
  const expected = await byGraphQL(asked);
  const expectedCalls = calls;

  expect(await queries.execute({ ...asked, contextValue: contextOf() })).toBeNull();
  calls = [];
  const contextValue = contextOf();
  const data = await queries.execute({ ...asked, contextValue });
  expect(data === null ? 'graphql-js' : 'a plan').toBe(by);
  const answer = data ? { data } : await byGraphQL(asked, contextValue);

  expect(text(answer)).toBe(text(expected));
  // No resolver that reads was called twice, by the plan and by graphql-js.
  expect(calls.sort()).toEqual(expectedCalls.sort());
});
