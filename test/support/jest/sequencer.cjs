const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * What takes longest, so that no worker is left alone with it at the end: jest knows that only where
 * it has run before, which a fresh clone has not. Those that wait, for a bound or for processes of
 * their own, stand beside those that compute.
 */
const first = [
  'faults/sockets',
  'web/agents',
  'web/portal',
  'streams/event-streams',
  'web/buy',
  'web/ledger',
  'db/embedded-postgres',
  'db/separate-roles',
  'web/overview',
  'web/settings',
  'faults/connections',
  'web/sandbox',
  'web/keys',
  'mail/mail-way',
  'web/portal-tickets',
  'web/sign-in',
  'api/sealed-accounts',
  'web/story',
  'api/gated-paths',
  'server/process',
  'server/websocket',
  'time/local-day.property',
  'faults/postgres',
  'simulation/simulation',
  'server/timeouts',
  'faults/processes',
  'web/embed',
  'cli/doctor',
  'faults/clocks',
  'web/gate',
  'streams/wallet-changed',
  'web/gate-network',
  'streams/recovery',
  'streams/events',
  'cli/issuer',
  'mail/invitation-mail',
].map((name) => join(__dirname, '..', '..', `${name}.test.ts`));

const gone = first.filter((path) => !existsSync(path));
if (gone.length > 0) throw new Error(`${__filename} names what is not there: ${gone}`);

module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => (first.includes(path) ? first.indexOf(path) : first.length);
    // What jest would do decides among the others.
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
};
