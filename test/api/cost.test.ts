import {
  getNullableType,
  getNamedType,
  getOperationAST,
  GraphQLSchema,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  validate,
  visit,
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
} from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { planCost } from '../../src/api/cost-plan';
import { actualCost, messageCost, requestedCost, type Variables } from '../../src/api/cost.rules';
import { readConfig } from '../../src/core/config';
import { buildApiSchema } from '../../src/server/operation/schema';
import { offsetChanges } from '../../src/time/local-text';
import { zoneNames } from '../../src/time/zone-database';

const schema = buildApiSchema();

function plan(text: string) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return planCost(schema, document, getOperationAST(document)!);
}

const cost = (text: string, variables: Variables = {}) => requestedCost(plan(text), variables);

const upsert = 'mutation ($input: UpsertClientsInput!) { upsertClients(input: $input)';
const row = { externalId: 'a', name: 'A' };
const consumed = '... on DayPassConsumed { consumption { agent { id } ticket { id } } }';
const granted = '... on DayPassesGranted { grantedBy { id } }';

function aliases(count: number, field: string) {
  return Array.from({ length: count }, (_, at) => `a${at}: ${field}`).join(' ');
}

const cases: [what: string, text: string, cost: number, variables?: Variables][] = [
  ['an operation without objects', '{ __typename }', 1],
  ['an object', '{ account { id name now } }', 1],
  ['an object in an object', '{ viewer { portalAccess { allowed } } }', 2],
  ['each alias', '{ a: account { id } b: account { id } }', 2],
  ['a value under another name', '{ account { name a: name b: name name } }', 3],
  [
    'values that are repeated in fragments',
    '{ account { name ...F } } fragment F on Account { name }',
    1,
  ],
  [
    'a long text under a hundred names, in each row of a page',
    `{ tickets(first: 100) { edges { node { ${aliases(100, 'description')} } } } }`,
    1 + 100 * (1 + 99),
  ],
  [
    'a field that is selected twice, which is executed once',
    '{ account { id } account { name } }',
    1,
  ],
  [
    'other names for a value in a wrapper that is selected twice',
    '{ agents(first: 0) { pageInfo { a: hasNextPage } pageInfo { b: hasNextPage } } }',
    2,
  ],
  [
    'a hundred names for the cursor of each row, each in a wrapper of its own',
    `{ agents(first: 100) { ${Array.from({ length: 100 }, (_, at) => `edges { a${at}: cursor }`).join(' ')} } }`,
    1 + 100 * 99,
  ],
  ['a page, as long as pages are', '{ agents { edges { node { id } } } }', 21],
  ['a page from the beginning', '{ agents(first: 7) { edges { node { id } } } }', 8],
  ['a page from the end', '{ agents(last: 7) { edges { node { id } } } }', 8],
  ['an empty page', '{ agents(first: 0) { edges { node { id } } } }', 1],
  ['a page that is refused when it is read', '{ agents(first: -1) { edges { cursor } } }', 1],
  ['a page of no objects', '{ agents(first: 50) { edges { cursor } pageInfo { endCursor } } }', 1],
  ['a count', '{ agents(first: 0) { totalCount } }', 11],
  [
    'objects of a page',
    '{ dayPassConsumptions(first: 10) { edges { node { agent { id } wallet { id } } } } }',
    31,
  ],
  [
    'a page in a page',
    `{ agents(first: 10) { edges { node { dayPassConsumptions(first: 5) { edges {
       node { wallet { id } } } } } } } }`,
    1 + 10 * (1 + 1 + 5 * 2),
  ],
  [
    'replies on the tickets of a page',
    `{ tickets(first: 10) { edges { node { replies(last: 5) { edges { node {
       author { id } } } } } } } }`,
    1 + 10 * (1 + 1 + 5 * 2),
  ],
  [
    'a page by a variable',
    'query ($n: Int) { agents(first: $n) { edges { node { id } } } }',
    5,
    { n: 4 },
  ],
  [
    'a page by a variable that is not given',
    'query ($n: Int) { agents(first: $n) { edges { node { id } } } }',
    21,
  ],
  [
    'a page by a variable’s default',
    'query ($n: Int = 3) { agents(first: $n) { edges { node { id } } } }',
    4,
  ],
  [
    'a page by a variable that is null',
    'query ($n: Int) { agents(first: $n) { edges { node { id } } } }',
    21,
    { n: null },
  ],
  [
    'ids',
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Agent { activeDayPass { id } } } }',
    6,
    { ids: ['a', 'b', 'c'] },
  ],
  ['ids in the text', '{ nodes(ids: ["a", "b"]) { id } }', 2],
  ['the dearest of the kinds', `{ node(id: "a") { ${granted} ${consumed} } }`, 4],
  [
    'each kind separately',
    `{ dayPassEvents: node(id: "a") { ... on DayPassWallet { events(first: 10) { edges {
       node { wallet { id } ${granted} ${consumed} } } } } } }`,
    1 + 1 + 10 * (1 + 1 + 3),
  ],
  [
    'a fragment wherever it is spread',
    `{ a: agents(first: 1) { ...Page } b: agents(first: 9) { ...Page } }
     fragment Page on AgentConnection { edges { node { id } } }`,
    12,
  ],
  [
    'a mutation',
    'mutation { updateAccount(input: {}) { account { id } userErrors { code } } }',
    12,
  ],
  [
    'a mutation’s rows',
    `${upsert} { clients { id } } }`,
    34,
    { input: { clients: [row, row, row] } },
  ],
  [
    'each mutation',
    `mutation { a: updateAccount(input: {}) { userErrors { code } }
       b: updateAccount(input: {}) { userErrors { code } } }`,
    22,
  ],
  ['a list of values', '{ viewer { scopes } }', 2],
  ['a list of values in each row', '{ agents(first: 7) { edges { node { sections } } } }', 15],
  ['a long list of values', '{ zoneNames }', 70],
  ['100 aliases of it', `{ ${aliases(100, 'zoneNames')} }`, 7_000],
  [
    'a long list in an object',
    '{ zone(name: "UTC") { offsetChanges(from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z") } }',
    31,
  ],
  ['a subscription', 'subscription { dayPassWalletChanged { wallet { id } } }', 12],
];

test.each(cases)('%s costs', (...[, text, expected, variables]) => {
  expect(cost(text, variables)).toBe(expected);
});

describe('a list of scalars or enums', () => {
  /** An error's path has at most four items, and the rows of an input are paid for. */
  const free = ['UserError.field'];
  const lists = Object.values(schema.getTypeMap()).flatMap((type) =>
    !isObjectType(type) || type.name.startsWith('__')
      ? []
      : Object.values(type.getFields()).flatMap((field) =>
          isListType(getNullableType(field.type)) && isLeafType(getNamedType(field.type))
            ? [{ type, field: field.name }]
            : [],
        ),
  );

  test('costs more the longer it is, in every type', () => {
    expect(lists.length).toBeGreaterThan(7);
    const withoutCost = lists.flatMap(({ type, field }) => {
      // The type is made the root, because not every type has a path from there.
      const document = parse(`{ a: ${field} b: ${field} }`);
      const root = new GraphQLSchema({ query: type });
      const both = planCost(root, document, getOperationAST(document)!);
      const costs = [10, 11, 100].map((length) =>
        actualCost(both, 0, { data: { a: Array(length).fill('x'), b: ['x'] } }),
      );
      const grows = requestedCost(both, {}) >= 2 && costs.join() === '2,3,11';
      return grows ? [] : [`${type.name}.${field}`];
    });
    expect(withoutCost).toEqual(free);
  });

  test('is not longer than the cost of zones assumes', () => {
    expect(zoneNames().length).toBeLessThanOrEqual(700);
    const from = Date.UTC(2000, 0, 1);
    // 100 years are the longest range. This zone pauses its summer time in Ramadan.
    const changes = offsetChanges('Asia/Hebron', from, from + 100 * 366 * 86_400_000);
    expect(changes.length).toBeGreaterThan(202);
    expect(changes.length).toBeLessThanOrEqual(300);
  });
});

test.each<[what: string, first: string, second: string, isExpected: (cost: number) => boolean]>([
  ['under one name, which is executed once', '', '', (cost) => cost === 122],
  ['under two names', 'a: ', 'b: ', (cost) => cost > 2 ** 60],
])('fragments that double each other a thousand times, %s', (_what, first, second, isExpected) => {
  const doubling = Array.from(
    { length: 60 },
    (_, at) => `fragment F${at} on Agent { ${first}activeDayPass { agent { ...F${at + 1} } }
      ... @include(if: true) { ${second}activeDayPass { agent { ...F${at + 1} } } } }`,
  ).join('\n');
  const text = `{ viewer { agent { ...F0 } } } ${doubling} fragment F60 on Agent { id }`;
  const document = parse(text);
  const asked = planCost(schema, document, getOperationAST(document)!);
  expect(isExpected(requestedCost(asked, {}))).toBe(true);
});

describe('a subscription', () => {
  const variablesOfPages = { $first: 100 };

  test('of a page or of the gate is below the limit, with every variable at its maximum', () => {
    const limit = readConfig({}).limits.subscriptionCost;
    expect(limit).toBe(100);
    const costs = subscriptionsOfPages().map(({ name, document, operation }) => {
      expect([name, validate(schema, document)]).toEqual([name, []]);
      return [
        name,
        requestedCost(planCost(schema, document, operation), variablesOfPages),
      ] as const;
    });
    expect(costs.length).toBeGreaterThan(5);
    for (const [name, most] of costs)
      expect([name, most, most < limit]).toEqual([name, most, true]);
  });

  test('costs 10 for its opening, and each message the rest', () => {
    const asked = plan('subscription { dayPassWalletChanged { balance wallet { id } } }');
    expect(messageCost(asked, requestedCost(asked, {}))).toBe(2);
    expect(messageCost(plan('{ __typename }'), 1)).toBe(1);
  });
});

/** Those in the documents of our own pages, each with the fragments of its folder and what it needs. */
function subscriptionsOfPages() {
  const texts = readdirSync('src/web', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => parse(readFileSync(path.join('src/web', file), 'utf8')));
  const all = texts.flatMap(({ definitions }) => definitions);
  const fragments = new Map(
    all.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  return all.flatMap((operation) => {
    if (operation.kind !== Kind.OPERATION_DEFINITION) return [];
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return [];
    const needed = new Set<FragmentDefinitionNode>();
    const follow = (node: ASTNode) =>
      visit(node, {
        FragmentSpread({ name }) {
          const fragment = fragments.get(name.value)!;
          if (needed.has(fragment)) return;
          needed.add(fragment);
          follow(fragment);
        },
      });
    follow(operation);
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...needed] };
    return [{ name: operation.name!.value, document, operation }];
  });
}

describe('what an answer did cost', () => {
  const actual = (text: string, data: unknown, errors?: readonly unknown[]) => {
    const asked = plan(text);
    return actualCost(asked, requestedCost(asked, {}), { data, errors });
  };

  test('is the full requested cost if the answer has errors, even if little of it is there', () => {
    const text = '{ agents(first: 50) { edges { node { id } } } viewer { kind } }';
    for (const data of [undefined, null, { agents: null }, { agents: { edges: [] } }]) {
      expect(actual(text, data, [new Error('no')])).toBe(52);
      expect(actual(text, data, [])).toBeLessThan(52);
    }
  });

  test('is as much as lists were long', () => {
    const text =
      '{ agents(first: 50) { totalCount edges { node { activeDayPass { id } } } } account { id } }';
    const edges = [{ node: { activeDayPass: { id: 'a' } } }, { node: { activeDayPass: null } }];
    expect(actual(text, { agents: { totalCount: 2, edges }, account: { id: 'a' } })).toBe(16);
    expect(actual(text, { agents: { totalCount: 0, edges: [] }, account: { id: 'a' } })).toBe(12);
  });

  test('is as much as lists of values were long', () => {
    const text = '{ a: zoneNames b: zoneNames viewer { scopes } }';
    const [a, b] = [Array(597).fill('UTC'), Array(25).fill('UTC')];
    expect(actual(text, { a, b, viewer: { scopes: null } })).toBe(60 + 3 + 1);
    expect(actual(text, { a: [], b: ['UTC'], viewer: { scopes: ['a'] } })).toBe(0 + 1 + 2);
  });

  test('is counted by the kind that each object was of', () => {
    const text = `{ nodes(ids: ["a", "b", "c"]) { ${granted} ${consumed} } }`;
    const consumption = { agent: { id: 'a' }, ticket: null };
    expect(actual(text, { nodes: [{ grantedBy: null }, { consumption }, null] })).toBe(3 + 1 + 3);
  });

  test('is the minimum if there is no result', () => {
    expect(actual('{ agents { edges { node { id } } } }', undefined)).toBe(1);
    expect(actual('{ agents { edges { node { id } } } }', null)).toBe(1);
  });
});
