/**
 * The rooms of the house and who may name whom. A room may name itself and lower levels, never a
 * sibling; the features of level 6 may name those before them in the line.
 */
const levels = [
  ['core'],
  ['time', 'db', 'mail'],
  ['ledger'],
  ['journal'],
  ['access', 'followers', 'deliveries'],
  ['api'],
  [
    ...[
      'accounts',
      'agents',
      'keys',
      'clients',
      'tickets',
      'wallets',
      'purchases',
      'invoices',
      'orders',
      'passes',
      'audit',
      'webhooks',
      'notices',
    ],
    // Last in the line: it works on features, and none of them may name it.
    'operator',
  ],
  ['server', 'demo'],
  ['cli'],
];
const features = levels[6];

const inRooms = (rooms) => `^src/(${rooms.join('|')})/`;

const forbidden = [];
levels.forEach((rooms, level) => {
  for (const room of rooms) {
    const before = features.includes(room) ? features.slice(0, features.indexOf(room)) : [];
    const allowed = [room, ...levels.slice(0, level).flat(), ...before];
    const notAllowed = levels.flat().filter((other) => !allowed.includes(other));
    forbidden.push({
      name: `room-${room}`,
      comment: `src/${room} may name itself and lower levels only.`,
      severity: 'error',
      from: { path: inRooms([room]) },
      to: {
        path:
          room === 'cli' ? inRooms(notAllowed) : `${inRooms(notAllowed)}|^src/(main|service)\\.ts$`,
      },
    });
  }
});

/**
 * The rooms inside the ledger, and which others of them each may name. The writer names no command;
 * what lies directly in `src/ledger` puts the commands into the writer, and no room names it.
 */
const ledgerRooms = {
  entries: [],
  model: ['entries', 'rows'],
  rows: ['entries'],
  writer: ['entries', 'model', 'rows'],
  books: ['model', 'writer'],
  access: ['model', 'writer'],
  verify: ['entries', 'model', 'rows', 'writer'],
};

for (const [room, others] of Object.entries(ledgerRooms)) {
  forbidden.push({
    name: `ledger-${room}`,
    comment: `src/ledger/${room} may name ${others.join(', ') || 'no other room'} of the ledger only.`,
    severity: 'error',
    from: { path: `^src/ledger/${room}/` },
    to: { path: `^src/ledger/(?!(${[room, ...others].join('|')})/)` },
  });
}

/** The same for what runs in browsers: it names nothing of the server, nor the server anything of it. */
const webLevels = [
  ['api', 'format'],
  ['gate', 'words'],
  ['session'],
  ['ui'],
  ['sandbox', 'sign-in', 'portal', 'dashboard'],
  ['app'],
];

webLevels.forEach((rooms, level) => {
  for (const room of rooms) {
    const allowed = [room, 'generated', ...webLevels.slice(0, level).flat()];
    forbidden.push({
      name: `web-${room}`,
      comment: `src/web/${room} may name itself and lower levels of src/web only, and the notation.`,
      severity: 'error',
      from: { path: `^src/web/${room}/` },
      to: {
        path: `^src/(?!web/(${allowed.join('|')})/|core/(notation/|money\\.ts$)|time/rails-names\\.ts$)`,
      },
    });
  }
});

forbidden.push(
  {
    name: 'the-gate-stays-small',
    comment: 'The file that other portals embed: no zone lists, and no texts but its own.',
    severity: 'error',
    from: { path: '^src/web/gate/' },
    to: { path: '^src/web/format/(zone|calendar)', reachable: true },
  },
  {
    name: 'the-server-names-no-page',
    severity: 'error',
    from: { path: '^(src/(?!web/)|migrations/)' },
    to: { path: '^src/web/' },
  },
  {
    name: 'no-circles',
    severity: 'error',
    comment:
      'Two files that need each other are one idea, or have a third between them. Types count.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'ormconfig-knows-db-only',
    severity: 'error',
    from: { path: '^ormconfig\\.ts$' },
    to: { path: '^src/(?!db/|core/)' },
  },
  {
    name: 'migrations-know-nothing',
    comment: 'A migration is history: it must not change when the code does.',
    severity: 'error',
    from: { path: '^migrations/' },
    to: { path: '^src/' },
  },
  {
    name: 'no-orphans',
    severity: 'error',
    from: {
      orphan: true,
      path: '^src/',
      // A browser loads these by their addresses, and some files hold nothing but words.
      pathNot: '(\\.d\\.ts|\\.css)$|^src/web/app/public/',
    },
    to: {},
  },
  {
    name: 'nothing-undeclared',
    severity: 'error',
    from: {},
    to: {
      dependencyTypes: ['unknown', 'undetermined', 'npm-no-pkg', 'npm-unknown'],
      // Types alone: there is nothing in it to resolve.
      pathNot: '^@graphql-typed-document-node/core$',
    },
  },
);

module.exports = {
  forbidden,
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'node', 'import', 'require', 'default'],
    },
  },
};
