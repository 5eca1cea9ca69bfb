import type { ActivateAgent } from '../../src/ledger/access/activate-agent';
import type { InviteAgent } from '../../src/ledger/access/invite-agent';
import type { Invitation, Ledger, NamedAgent } from '../../src/ledger/model/ledger';
import { foldBatch } from '../../src/ledger/decide';
import { agentOf, countingIds, fold, hourMs, ledgerOf, noonMs } from '../support/desk/ledger';

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

/**
 * An account with one agent and its invitation. The database's clock is an hour behind the
 * account's.
 */
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
    mails: { newestFirst: [], lastTo: new Map() },
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
  const ledger = peopleOf([], null, false);
  const both = ['first', 'second'].map((name) =>
    inviteOf({ id: name, agentId: `agent of ${name}`, invitationId: name, tokenHash: name }),
  );
  expect(wordOf(fold(ledger, both))).toEqual(['accepted', 'accepted']);
  expect([...ledger.agents.keys()]).toEqual(['agent of first']);
  expect([...ledger.people!.invitations.values()]).toMatchObject([
    { id: 'second', agentId: 'agent of first', expiresAtMs: noonMs - hourMs + 7 * dayMs },
  ]);
});

describe('mails with links', () => {
  const nowMs = noonMs - hourMs;
  const invite = (at: number, email = `${at}@desk.example`) =>
    inviteOf({ id: `c${at}`, agentId: `a${at}`, invitationId: `i${at}`, tokenHash: 'h', email });
  const runsAt = (ledger: Ledger, commands: InviteAgent[]) =>
    foldBatch(ledger, commands, countingIds()).changes.jobs.map(({ runAt }) => runAt!.getTime());

  test('to new agents are sent at once, 500 in any 24 hours, and the others wait for their turn', () => {
    const ledger = peopleOf([]);
    const times = runsAt(
      ledger,
      Array.from({ length: 1_200 }, (_, at) => invite(at)),
    );
    const days = [500, 500, 200].flatMap((count, day) =>
      Array.from({ length: count }, () => nowMs + day * dayMs),
    );
    expect(times).toEqual(days);
    const { invitations } = ledger.people!;
    expect(invitations.get('i1199')!.expiresAtMs).toBe(nowMs + 9 * dayMs);
  });

  test('make room one by one when a day has passed', () => {
    const ledger = peopleOf([]);
    const sent = Array.from({ length: 500 }, (_, at) => nowMs - dayMs / 2 - at * 1_000);
    ledger.people!.mails = { newestFirst: sent, lastTo: new Map() };
    expect(runsAt(ledger, [invite(0), invite(1)])).toEqual([
      sent[499]! + dayMs,
      sent[498]! + dayMs,
    ]);
  });

  test('to one address are a minute apart, and an invited address is not invited again before', () => {
    const ledger = peopleOf([invited]);
    const email = 'agent@desk.example';
    ledger.people!.mails = { newestFirst: [], lastTo: new Map([[email, nowMs - 20_000]]) };
    const { settled, changes } = foldBatch(ledger, [invite(0, email)], countingIds());
    expect(settled).toMatchObject([
      { status: 'rejected', reason: { code: 'RATE_LIMITED', retryAfterMs: 40_000 } },
    ]);
    expect([changes.mails, changes.jobs, changes.audits]).toEqual([[], [], []]);
    // The same address as another agent, whose address was changed in the meantime.
    ledger.people!.addresses.clear();
    expect(runsAt(ledger, [invite(1, email)])).toEqual([nowMs + 40_000]);
  });

  test('are not counted if the account sends none', () => {
    const ledger = peopleOf([], null, false);
    const commands = Array.from({ length: 600 }, (_, at) => invite(at, `${at % 3}@desk.example`));
    expect(runsAt(ledger, commands)).toEqual([]);
    expect(ledger.people!.mails.newestFirst).toEqual([]);
  });
});

test('an invitation that runs again after a lost answer changes nothing', () => {
  const ledger = peopleOf([]);
  fold(ledger, [inviteOf()]);
  fold(ledger, [activateOf({ invitationId: 'new invitation', tokenHash: 'new hash' })]);
  expect(fold(ledger, [inviteOf()]).outcomes).toEqual([
    { status: 'accepted', result: { agentId: 'new agent', sendsMail: true } },
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
