import type { ChangeAgent } from '../../src/ledger/access/change-agent';
import type { Command } from '../../src/ledger/commands';
import type { InviteAgent } from '../../src/ledger/access/invite-agent';
import { isLastingAdmin } from '../../src/ledger/model/agent.rules';
import { foldBatch } from '../../src/ledger/decide';
import type { Actor, Agent, NamedAgent } from '../../src/ledger/model/ledger';
import { agentOf, countingIds, ledgerOf, noonMs } from '../support/desk/ledger';

/*
 * A key never decides who administers the account, whatever the target was, is or becomes. `decide`
 * checks this, under the account's lock.
 */

const key: Actor = { kind: 'API_KEY', id: 'key' };
const person: Actor = { kind: 'AGENT', id: 'boss' };

const boss = agentOf({ id: 'boss', type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' });

const change = (some: Partial<ChangeAgent>): ChangeAgent => ({
  kind: 'change-agent',
  id: 'command',
  actor: key,
  agentId: 'agent',
  ...some,
});

const invite = (some: Partial<InviteAgent>): InviteAgent => ({
  kind: 'invite-agent',
  id: 'command',
  actor: key,
  agentId: 'new agent',
  invitationId: 'new invitation',
  tokenHash: 'hash',
  email: 'agent@desk.example',
  name: 'Ada',
  type: 'OCCASIONAL',
  role: 'AGENT',
  timeZone: 'UTC',
  sections: ['TICKETS'],
  ...some,
});

/** What each command came to: its status, the code of its refusal, or the code that it threw. */
function wordsOf(agent: NamedAgent, commands: Command[]): string[] {
  const agents = [agent, boss];
  const ledger = {
    ...ledgerOf({ agents }),
    admins: new Set(agents.filter(isLastingAdmin).map(({ id }) => id)),
    people: {
      databaseNowMs: noonMs,
      sendsMail: false,
      addresses: new Map(agents.map(({ id }) => [`${id}@desk.example`, id])),
      invitations: new Map(),
      mails: { newestFirst: [], lastTo: new Map() },
    },
  };
  return foldBatch(ledger, commands, countingIds()).settled.map((result) => {
    if (result.status === 'rejected') return (result.reason as { code: string }).code;
    return result.value.status === 'refused' ? result.value.code : result.value.status;
  });
}

/** Every state in which an agent can be found. */
const accessCases = (['OCCASIONAL', 'FULL_TIME'] as const).flatMap((type) =>
  (['INVITED', 'ACTIVE', 'DEACTIVATED'] as const).flatMap((status) =>
    (['AGENT', 'ACCOUNT_ADMIN'] as const).map((role) => ({ type, status, role })),
  ),
);
/** Every change of an agent's access that a caller can send. */
const changes: Partial<ChangeAgent>[] = [
  { role: 'AGENT' },
  { role: 'ACCOUNT_ADMIN' },
  { type: 'FULL_TIME' },
  { type: 'OCCASIONAL' },
  { status: 'ACTIVE' },
  { status: 'DEACTIVATED' },
];

test.each(accessCases)('no key changes what an agent is: %o', (access) => {
  const activatedAtMs = access.status === 'INVITED' ? null : 0;
  const agent = agentOf({ ...access, activatedAtMs });
  const isAdmin = access.role === 'ACCOUNT_ADMIN';
  for (const some of changes) {
    const changesRole = some.role !== undefined && some.role !== access.role;
    const isAct = some.role === undefined || changesRole;
    const touchesAdmin = (isAdmin && isAct) || (changesRole && some.role === 'ACCOUNT_ADMIN');
    const [byPerson] = wordsOf(agent, [change({ ...some, actor: person })]);
    const [byKey] = wordsOf(agent, [change(some)]);
    // Nobody can activate an invited agent this way, which is checked before.
    const isRefused = byPerson !== 'accepted';
    expect([some, byKey]).toEqual([some, !isRefused && touchesAdmin ? 'FORBIDDEN' : byPerson]);
  }
});

test.each(accessCases)('no key invites an admin, for the first time or again: %o', (access) => {
  const agent = agentOf(access);
  const isAdmin = access.role === 'ACCOUNT_ADMIN';
  for (const role of ['AGENT', 'ACCOUNT_ADMIN'] as const) {
    const [byPerson] = wordsOf(agent, [invite({ role, actor: person })]);
    expect(byPerson).toBe(access.status === 'INVITED' ? 'accepted' : 'EMAIL_TAKEN');
    const touchesAdmin = isAdmin || role === 'ACCOUNT_ADMIN';
    const expected = byPerson === 'accepted' && touchesAdmin ? 'FORBIDDEN' : byPerson;
    expect(wordsOf(agent, [invite({ role })])).toEqual([expected]);
    const email = 'nobody@desk.example';
    const first = role === 'ACCOUNT_ADMIN' ? 'FORBIDDEN' : 'accepted';
    expect(wordsOf(agent, [invite({ role, email })])).toEqual([first]);
  }
});

test('names, zones and sections of an admin are any sync’s to keep, with the role sent along', () => {
  const admin = agentOf({ role: 'ACCOUNT_ADMIN' });
  const kept = { name: 'Ada', timeZone: 'Asia/Tokyo', sections: ['TICKETS'] };
  expect(wordsOf(admin, [change({ ...kept, role: 'ACCOUNT_ADMIN' })])).toEqual(['accepted']);
});

test('a role that changed a moment before counts, in the same batch', () => {
  const promote = change({ id: 'first', actor: person, role: 'ACCOUNT_ADMIN' });
  const byKey: Partial<ChangeAgent>[] = [{ status: 'DEACTIVATED' }, { type: 'FULL_TIME' }];
  for (const some of byKey) {
    expect(wordsOf(agentOf(), [promote, change(some)])).toEqual(['accepted', 'FORBIDDEN']);
    expect(wordsOf(agentOf(), [change(some), promote])).toEqual(['accepted', 'accepted']);
  }
});

test('the service itself may do what a key may not', () => {
  const roles: Agent['role'][] = ['ACCOUNT_ADMIN', 'AGENT'];
  const commands = roles.map((role) => change({ actor: null, role }));
  expect(wordsOf(agentOf(), commands)).toEqual(['accepted', 'accepted']);
});
