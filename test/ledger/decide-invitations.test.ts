import type { ActivateAgent, InviteAgent } from '../../src/ledger/commands';
import type { Invitation, Ledger, NamedAgent } from '../../src/ledger/ledger';
import { agentOf, fold, hourMs, ledgerOf, noonMs } from '../support/ledger';

const dayMs = 24 * hourMs;

const invited = agentOf({ status: 'INVITED', activatedAtMs: null });

const invitationOf = (some: Partial<Invitation> = {}): Invitation => ({
  id: 'invitation',
  agentId: 'agent',
  tokenHash: 'hash',
  expiresAtMs: noonMs + dayMs,
  usedAtMs: null,
  ...some,
});

/** An account of one agent and its invitation. The database's clock is an hour behind the account's. */
function peopleOf(
  agents: NamedAgent[],
  invitation: Invitation | null = null,
  sendsMail = true,
): Ledger {
  const people = {
    databaseNowMs: noonMs - hourMs,
    sendsMail,
    addresses: new Map(agents.map(({ id }) => [`${id}@desk.example`, id])),
    invitations: new Map(invitation ? [[invitation.id, invitation]] : []),
  };
  return { ...ledgerOf({ agents }), people };
}

const inviteOf = (some: Partial<InviteAgent> = {}): InviteAgent => ({
  kind: 'invite-agent',
  id: 'command',
  actor: null,
  agentId: 'new agent',
  invitationId: 'new invitation',
  tokenHash: 'new hash',
  email: 'agent@desk.example',
  name: 'Ada',
  type: 'OCCASIONAL',
  role: 'AGENT',
  timeZone: 'UTC',
  sections: ['TICKETS'],
  ...some,
});

const activateOf = (some: Partial<ActivateAgent> = {}): ActivateAgent => ({
  kind: 'activate-agent',
  id: 'command',
  invitationId: 'invitation',
  tokenHash: 'hash',
  ...some,
});

const wordOf = ({ outcomes }: ReturnType<typeof fold>) =>
  outcomes.map((outcome) => (outcome.status === 'refused' ? outcome.code : outcome.status));

test('two invitations of one address in one batch are one agent, and the second link counts', () => {
  const ledger = peopleOf([]);
  const both = ['first', 'second'].map((name) =>
    inviteOf({ id: name, agentId: `agent of ${name}`, invitationId: name, tokenHash: name }),
  );
  expect(wordOf(fold(ledger, both))).toEqual(['accepted', 'accepted']);
  expect([...ledger.agents.keys()]).toEqual(['agent of first']);
  expect([...ledger.people!.invitations.values()]).toMatchObject([
    { id: 'second', agentId: 'agent of first', expiresAtMs: noonMs - hourMs + 7 * dayMs },
  ]);
});

test('an invitation that is run again after a lost answer changes nothing', () => {
  const ledger = peopleOf([]);
  fold(ledger, [inviteOf()]);
  fold(ledger, [activateOf({ invitationId: 'new invitation', tokenHash: 'new hash' })]);
  expect(fold(ledger, [inviteOf()]).outcomes).toEqual([
    { status: 'accepted', result: { agentId: 'new agent' } },
  ]);
  expect(ledger.agents.get('new agent')!.status).toBe('ACTIVE');
});

test.each([
  ['in time', invited, {}, 'accepted', 'ACTIVE'],
  ['by another token', invited, { tokenHash: 'other' }, 'ACTIVATION_INVALID', 'INVITED'],
  ['a moment before the end', invited, { expiresAtMs: noonMs - hourMs + 1 }, 'accepted', 'ACTIVE'],
  ['at the end', invited, { expiresAtMs: noonMs - hourMs }, 'ACTIVATION_INVALID', 'INVITED'],
  [
    'by one who was shut out',
    { ...invited, status: 'DEACTIVATED' as const },
    {},
    'ACTIVATION_INVALID',
    'DEACTIVATED',
  ],
  [
    'again, by one who was shut out since',
    agentOf({ status: 'DEACTIVATED' }),
    { usedAtMs: 0, expiresAtMs: 0 },
    'accepted',
    'DEACTIVATED',
  ],
])('a link that is used %s', (_, agent, invitation, word, status) => {
  const ledger = peopleOf([agent], invitationOf(invitation));
  expect(wordOf(fold(ledger, [activateOf()]))).toEqual([word]);
  expect(ledger.agents.get('agent')!.status).toBe(status);
});
