import { sourceFiles } from '../support/sources';

/*
 * A feature works within the caller's account because of what it has: a scope for reads, a state
 * for writes, a ledger for commands, each made for one account in `api/context.ts`. These rules
 * keep it from having more.
 */

/** Rooms that are not features: the doors, and rooms below or beside the features. */
const others =
  /^src\/(?:core|time|db|mail|ledger|journal|followers|deliveries|access|api|operator|server|demo|cli|web)\/|^src\/(?:main|service)\.ts$/;
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
  'src/invoices/send-invoice.ts',
  'src/notices/channels/send-channel-notice.ts',
  'src/notices/note-webhook-failing.ts',
  'src/notices/note-webhook-paused.ts',
  'src/notices/prune-notices.ts',
  'src/notices/send-notice.ts',
  'src/notices/store-notice.ts',
  'src/notices/write-due-notice.ts',
  'src/purchases/example-prices.ts',
];

/** A link names its account, and is checked before anything is done; a job sends its mail. */
const byLink = [
  'src/agents/activate-agent.ts',
  'src/agents/send-address-changed.ts',
  'src/agents/send-invitation.ts',
  'src/invoices/send-invoice.ts',
  'src/notices/channels/send-channel-notice.ts',
  'src/notices/send-notice.ts',
  'src/notices/store-notice.ts',
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
    'src/operator/import-tax.ts',
    'src/operator/invoice.queries.ts',
    'src/operator/operator.ts',
    'src/operator/order.queries.ts',
    'src/operator/set-seller.ts',
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

/*
 * Beside the features, SQL on an account's tables goes through a scope or a manager too, which give it
 * the account. The files that hold the database itself, and why they do:
 */
const wholeDatabase: [why: string, files: readonly string[]][] = [
  [
    'they are what gives a statement its account',
    ['src/db/account-manager.ts', 'src/db/account-scope.ts', 'src/db/account-state.ts'],
  ],
  [
    'one transaction of one account, whose id is `$1` of each statement',
    [
      'src/ledger/books/advance-clock.ts',
      'src/ledger/writer/load-ledger.ts',
      'src/ledger/writer/load-people.ts',
      'src/ledger/writer/lock-journal.ts',
      'src/ledger/writer/probe-lock.ts',
      'src/ledger/writer/run-batch.ts',
      'src/ledger/writer/warm-writer.ts',
    ],
  ],
  [
    'they look for the accounts in which something is due, changed or left behind',
    [
      'src/access/account-watches.ts',
      'src/access/key-directory.ts',
      'src/db/adopt-audit-events.ts',
      'src/db/job-outbox.ts',
      'src/deliveries/sweep-endpoints.ts',
      'src/followers/behind.queries.ts',
      'src/followers/introduce-followers.ts',
      'src/ledger/due-accounts.ts',
    ],
  ],
  [
    'followers keep their place in the transaction of their effect',
    ['src/followers/follow-page.ts', 'src/followers/place.queries.ts'],
  ],
  [
    'a credential or a sign-in names the account, before anybody has one',
    ['src/access/api-key.ts', 'src/access/identity-provider.ts'],
  ],
  [
    'the database as a whole: its clock, hints, jobs, secrets, migrations and roles',
    [
      'src/db/bounded-client.ts',
      'src/db/database-clock.ts',
      'src/db/embedded/postmaster.ts',
      'src/db/embedded/roles.ts',
      'src/db/hints.ts',
      'src/db/jobs.ts',
      'src/db/kept-connections.ts',
      'src/db/migrate.ts',
      'src/db/print-schema-sql.ts',
      'src/db/secrets.ts',
    ],
  ],
  ['a mail for the inbox of a developer names its account', ['src/mail/dev-inbox.ts']],
];
const held = new Set(wholeDatabase.flatMap(([, files]) => files));
const beneath = sourceFiles('src').filter(({ path }) =>
  /^src\/(?:db|mail|ledger|journal|access|api|followers|deliveries)\//.test(path),
);

test('SQL beneath the features goes through a scope, but in the files that are named here', () => {
  const statement =
    /(\w+)\s*\.(?:query|queryPrepared|getRepository|createQueryBuilder|transaction)\s*[<(]/g;
  const wide = beneath.flatMap(({ path, text }) => {
    const holders = [...text.matchAll(statement)].map(([, holder]) => holder);
    return holders.some((holder) => holder !== 'scope' && holder !== 'manager') ? [path] : [];
  });
  expect(wide.sort()).toEqual([...held].sort());
});

/** They hold the database, and only hand it on or make a scope of it for each account. */
const handingOn = [
  'src/access/key-uses.ts',
  'src/access/provider-sign-in.ts',
  'src/api/feature.ts',
  'src/api/services.ts',
  'src/db/data-source.ts',
  'src/db/release-once-pool.ts',
  'src/db/verify-audit.ts',
  'src/db/writer-pool.ts',
  'src/deliveries/delivery-runner.ts',
  'src/deliveries/endpoint-store.ts',
  'src/followers/follower-runner.ts',
  'src/followers/page-transaction.ts',
  'src/ledger/expiry-loop.ts',
  'src/ledger/verify/verify-books.ts',
  'src/ledger/writer/account-writer.ts',
  'src/ledger/writer/plan-age.ts',
  'src/ledger/writer/stepped-module.ts',
];

test('beneath the features only the files that are named here hold the database', () => {
  const handles = /\b(?:DataSource|EntityManager|QueryRunner|Pool|PoolClient)\b/;
  const holders = naming(handles, beneath).filter((path) => !held.has(path));
  expect(holders).toEqual(handingOn);
});
