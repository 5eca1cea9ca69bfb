import path from 'node:path';
import { ConfigError, readConfig } from '../../src/core/config';

test('an empty environment is a development start on this machine only', () => {
  expect(readConfig({})).toEqual({
    production: false,
    host: '127.0.0.1',
    port: 4000,
    databaseUrl: null,
    migrationUrl: null,
    directUrl: null,
    dataDir: path.resolve('.daypass'),
    logLevel: 'warn',
    poolSize: 10,
    reservedPoolSize: 4,
    writerPoolSize: 8,
    keptConnections: 2,
    preparesStatements: true,
    introspection: true,
    assertsConservation: false,
    localIssuer: true,
    privateIssuers: true,
    privateWebhooks: true,
    channelHosts: [],
    demo: true,
    smtpUrl: null,
    mailFrom: 'Daypass <no-reply@localhost>',
    publicUrl: null,
    invoiceFont: null,
    trustedProxies: [],
    partnerKey: null,
    startedByNpm: false,
    origins: '*',
    devPages: true,
    metrics: 'open',
    metricsToken: null,
    limits: expect.objectContaining({
      tokens: 2_000,
      cost: 5_000,
      heartbeatMs: 12_000,
      stalledMs: 20_000,
    }),
    waits: { connectionMs: 2_000, lockMs: 2_000, statementMs: 5_000, queueMs: 5_000 },
  });
});

test('production is offered to the network, and has no demo, local issuer or introspection', () => {
  expect(readConfig({ NODE_ENV: 'production' })).toMatchObject({
    host: '0.0.0.0',
    logLevel: 'info',
    introspection: false,
    localIssuer: false,
    demo: false,
    origins: [],
    devPages: false,
    metrics: 'closed',
  });
});

test('origins are all, or those that are named', () => {
  const origins = (text: string) => readConfig({ DAYPASS_ORIGINS: text }).origins;
  expect(origins('*')).toBe('*');
  expect(origins('https://a.example, http://localhost:5173')).toEqual([
    'https://a.example',
    'http://localhost:5173',
  ]);
});

test('production has the settings of its environment', () => {
  const asked = { DAYPASS_INTROSPECTION: 'true', DAYPASS_LOCAL_ISSUER: '1', HOST: '127.0.0.1' };
  expect(readConfig({ NODE_ENV: 'production', ...asked })).toMatchObject({
    host: '127.0.0.1',
    introspection: true,
    localIssuer: true,
    demo: false,
  });
});

test('an empty variable counts as a missing one', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', HOST: '' })).toEqual(readConfig({}));
});

const malformed: [variable: string, text: string][] = [
  ['PORT', 'http'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '40.5'],
  ['DATABASE_URL', 'mysql://127.0.0.1/daypass'],
  ['LOG_LEVEL', 'loud'],
  ['DAYPASS_POOL_SIZE', '0'],
  ['DAYPASS_POOL_SIZE', '1001'],
  ['DAYPASS_WRITER_POOL_SIZE', 'many'],
  ['DAYPASS_KEPT_CONNECTIONS', '-1'],
  ['DAYPASS_PREPARED_STATEMENTS', 'sometimes'],
  ['DAYPASS_INTROSPECTION', 'yes'],
  ['DAYPASS_LOCAL_ISSUER', 'on'],
  ['DAYPASS_DEMO', '2'],
  ['DAYPASS_DEV_PAGES', 'yes'],
  ['DAYPASS_METRICS', 'true'],
  ['SMTP_URL', 'http://127.0.0.1'],
  ['MAIL_FROM', 'nobody'],
  ['MAIL_FROM', 'desk@msp.example, else@msp.example'],
  ['PUBLIC_URL', 'desk.msp.example'],
  ['PUBLIC_URL', 'ftp://desk.msp.example'],
  ['PUBLIC_URL', 'https://desk.msp.example/?a=b'],
  ['DAYPASS_TRUSTED_PROXIES', 'proxy.msp.example'],
  ['DAYPASS_TRUSTED_PROXIES', '10.0.0.0/33'],
  ['DAYPASS_TRUSTED_PROXIES', '10.0.0.0/8,'],
  ['DAYPASS_ORIGINS', 'portal.example'],
  ['DAYPASS_ORIGINS', 'https://*.example'],
  ['DAYPASS_ORIGINS', 'https://portal.example/page'],
  ['DAYPASS_METRICS_TOKEN', 'short'],
  ['DAYPASS_MAX_COST', '0'],
  ['DAYPASS_MAX_DEPTH', 'deep'],
];

test.each(malformed)('%s=%s is refused by its name', (variable, text) => {
  const read = () => readConfig({ [variable]: text });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(`\n  ${variable}: `);
});

test('every malformed variable is named at once', () => {
  const environment = Object.fromEntries(malformed);
  const names = Object.keys(environment);
  expect(names).toHaveLength(20);
  for (const name of names) expect(() => readConfig(environment)).toThrow(`${name}: `);
});

test('production that sends mails needs a sender and an address for links', () => {
  const smtp = { NODE_ENV: 'production', SMTP_URL: 'smtp://mail.msp.example' };
  expect(() => readConfig(smtp)).toThrow('MAIL_FROM: must be set');
  expect(() => readConfig(smtp)).toThrow('PUBLIC_URL: must be set');
  const links = { MAIL_FROM: 'desk@msp.example', PUBLIC_URL: 'https://desk.msp.example/a/' };
  expect(readConfig({ ...smtp, ...links }).publicUrl).toBe('https://desk.msp.example/a');
  expect(readConfig({ SMTP_URL: smtp.SMTP_URL }).smtpUrl).toBe(smtp.SMTP_URL);
});

test('proxies are addresses and ranges', () => {
  const given = { DAYPASS_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,fd00::/8' };
  expect(readConfig(given).trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
});

test('the owner of the tables has an address only beside that of the service', () => {
  const owner = 'postgres://daypass_owner@db.example/daypass';
  expect(() => readConfig({ DAYPASS_MIGRATION_URL: owner })).toThrow(
    'DAYPASS_MIGRATION_URL: needs DATABASE_URL',
  );
  expect(() => readConfig({ DAYPASS_MIGRATION_URL: 'mysql://x' })).toThrow('DAYPASS_MIGRATION_URL');
  const both = {
    DAYPASS_MIGRATION_URL: owner,
    DATABASE_URL: 'postgres://daypass@db.example/daypass',
  };
  expect(readConfig(both).migrationUrl).toBe(owner);
  expect(() => readConfig({ DAYPASS_DIRECT_URL: owner })).toThrow(
    'DAYPASS_DIRECT_URL: needs DATABASE_URL',
  );
  expect(readConfig({ ...both, DAYPASS_DIRECT_URL: owner }).directUrl).toBe(owner);
});
