import { sourceFiles } from '../support/sources';

/*
 * A feature works within the caller's account because of what it has: a scope for reads, a state
 * for writes, a ledger for commands, each made for one account in `api/context.ts`. These rules
 * keep it from having more.
 */

/** Rooms that are not features: the doors, and rooms below or beside the features. */
const others =
  /^src\/(?:core|time|db|mail|ledger|journal|followers|access|api|operator|server|demo|cli|web)\/|^src\/main\.ts$/;
const features = sourceFiles('src').filter(({ path }) => !others.test(path));
const glue = sourceFiles('src/api');
const operator = sourceFiles('src/operator');

/**
 * Code that runs before there is an account or without a principal: creating accounts, seeding,
 * links, their mails.
 */
const withoutPrincipal = [
  'src/accounts/account.queries.ts',
  'src/accounts/create-account.ts',
  'src/agents/activate-agent.ts',
  'src/agents/agent.queries.ts',
  'src/agents/create-agents.ts',
  'src/agents/send-address-changed.ts',
  'src/agents/send-invitation.ts',
  'src/purchases/example-prices.ts',
];

/** A link names its account, and is checked before anything is done; a job sends its mail. */
const byLink = [
  'src/agents/activate-agent.ts',
  'src/agents/send-address-changed.ts',
  'src/agents/send-invitation.ts',
];

const naming = (pattern: RegExp, files = features) =>
  files.flatMap(({ path, text }) => (pattern.test(text) ? [path] : [])).sort();

test('the features are found', () => {
  expect(features.length).toBeGreaterThan(60);
});

/** What a feature must not use of the services, in any way. */
const wide = String.raw`\b(?:source|hints|ledger|watches)\b`;

test('no feature has the database beyond its account', () => {
  expect(naming(/\b(?:DataSource|EntityManager|QueryRunner|Pool)\b/)).toEqual(withoutPrincipal);
  const ways = [
    String.raw`\bservices\.${wide}`,
    String.raw`\bservices: \{[^{}]*${wide}`,
    String.raw`\{[^{}]*${wide}[^{}]*\} = (?:context\.)?services\b`,
  ];
  expect(naming(new RegExp(ways.join('|')))).toEqual([]);
});

test('no feature submits to the ledger but through its account’s', () => {
  expect(naming(/\bLedgerWriter\b/)).toEqual(['src/agents/activate-agent.ts']);
});

test('no feature chooses its account', () => {
  expect(naming(/\bnew Account(?:Scope|State|Ledger|Manager)\b/)).toEqual(byLink);
  expect(
    naming(
      /\b(?:viewer|principal|known)!?\.accountId\b|\{[^{}]*\baccountId\b[^{}]*\} = context\.caller\.(?:viewer|known|principal)\b/,
    ),
  ).toEqual([]);
});

// `where` would replace the account's own condition, and `orWhere` would be beside it.
test('a query of a scope is only ever narrowed', () => {
  expect(naming(/\.(?:where|orWhere)\(/, [...features, ...glue])).toEqual([]);
});

/*
 * The operator has no principal and is in no account. Its room names each account that it works on, in
 * these functions alone, and nothing but the command line calls them.
 */
test('of the operator’s functions only those named here have the database', () => {
  expect(naming(/\b(?:DataSource|EntityManager|QueryRunner|Pool)\b/, operator)).toEqual([
    'src/operator/account.queries.ts',
    'src/operator/import-prices.ts',
    'src/operator/operator.ts',
  ]);
  expect(naming(/\bnew Account(?:Scope|State|Ledger|Manager)\b/, operator)).toEqual([
    'src/operator/invite-first-admin.ts',
    'src/operator/open-account.ts',
    'src/operator/operator.ts',
  ]);
});

test('nothing that a request reaches imports the operator’s room', () => {
  const others = sourceFiles('src').filter(({ path }) => !/^src\/(?:operator|cli)\//.test(path));
  expect(naming(/\/operator\/|'\.\.\/operator/, others)).toEqual([]);
});
