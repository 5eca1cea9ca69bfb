import { Fault } from '../../src/web/api/fault';
import type { AgentPartsFragment } from '../../src/web/generated/app';
import {
  planActs,
  type BulkAct,
  type BulkQuestion,
} from '../../src/web/dashboard/agents/bulk/plan-acts';
import {
  rowsLeft,
  runActs,
  type ActAnswer,
  type RowResult,
} from '../../src/web/dashboard/agents/bulk/run-acts';

const agent = (id: string, about: Partial<AgentPartsFragment> = {}): AgentPartsFragment => ({
  id,
  name: id,
  email: `${id}@x.example`,
  type: 'OCCASIONAL',
  role: 'AGENT',
  status: 'ACTIVE',
  sections: ['TICKETS'],
  timeZone: 'UTC',
  createdAt: '2026-01-01T00:00:00.000Z',
  activeDayPass: null,
  ...about,
});
const admin = { role: 'ACCOUNT_ADMIN', type: 'FULL_TIME' } as const;

const plan = (
  act: BulkAct,
  agents: AgentPartsFragment[],
  about: Partial<BulkQuestion> = {},
): ReturnType<typeof planActs> =>
  planActs({
    act,
    agents: agents.map((one) => ({ agent: one, isGone: false })),
    change: { mode: 'ADD', sections: ['REPORTS'] },
    successorId: null,
    selfId: 'self',
    lastingAdmins: 2,
    ...about,
  });

test.each<[BulkAct, Partial<AgentPartsFragment>, string | null]>([
  ['FULL_TIME', {}, null],
  ['FULL_TIME', { type: 'FULL_TIME' }, 'isSoAlready'],
  ['OCCASIONAL', { type: 'FULL_TIME' }, null],
  ['OCCASIONAL', {}, 'isSoAlready'],
  ['OCCASIONAL', { id: 'self', ...admin }, 'isSelf'],
  ['DEACTIVATE', {}, null],
  ['DEACTIVATE', { status: 'INVITED' }, null],
  ['DEACTIVATE', { status: 'DEACTIVATED' }, 'isSoAlready'],
  ['DEACTIVATE', { id: 'self', ...admin }, 'isSelf'],
  ['DEACTIVATE', { id: 'successor' }, 'isSuccessor'],
  ['REACTIVATE', { status: 'DEACTIVATED' }, null],
  ['REACTIVATE', {}, 'isSoAlready'],
  ['REACTIVATE', { status: 'INVITED' }, 'isInvited'],
  ['INVITE', { status: 'INVITED' }, null],
  ['INVITE', {}, 'isActivated'],
  ['INVITE', { status: 'DEACTIVATED' }, 'isDeactivated'],
  ['SECTIONS', {}, null],
  ['SECTIONS', { sections: ['REPORTS', 'TICKETS'] }, 'isSoAlready'],
  ['SECTIONS', { id: 'self', sections: [] }, null],
])('%s of an agent who is %j is left out for %s', (act, about, skip) => {
  const [row] = plan(act, [agent('a', about)], { successorId: 'successor' });
  expect(row!.skip).toBe(skip);
});

test.each<[BulkAct, number, (string | null)[]]>([
  ['DEACTIVATE', 3, [null, null, null]],
  ['DEACTIVATE', 2, [null, null, 'isLastAdmin']],
  ['OCCASIONAL', 1, ['isLastAdmin', 'isSoAlready', 'isLastAdmin']],
])('%s of two of %d lasting admins leaves one of them', (act, lastingAdmins, skips) => {
  const agents = [agent('a', admin), agent('b'), agent('c', admin)];
  expect(plan(act, agents, { lastingAdmins }).map(({ skip }) => skip)).toEqual(skips);
});

test.each([
  ['ADD', ['TICKETS', 'REPORTS', 'ASSETS']],
  ['REMOVE', ['TICKETS']],
  ['SET', ['REPORTS', 'ASSETS']],
] as const)('%s changes the sections to %j', (mode, sections) => {
  const change = { mode, sections: ['REPORTS', 'ASSETS'] as const };
  const [row] = plan('SECTIONS', [agent('a', { sections: ['TICKETS', 'REPORTS'] })], { change });
  expect(row!.sections).toEqual(sections);
});

test('an agent who was deleted meanwhile is left out', () => {
  const [row] = plan('FULL_TIME', [], { agents: [{ agent: agent('a'), isGone: true }] });
  expect(row!.skip).toBe('isGone');
});

/** Sends rows to a service that answers as given, and again what is left, until all answers are used. */
function service(answers: Record<string, (Fault | ActAnswer)[]>) {
  const sent: string[] = [];
  const results = new Map<string, RowResult>();
  const rows = plan(
    'FULL_TIME',
    ['a', 'b', 'c', 'd'].map((id) => agent(id)),
  );
  const run = (isRepeatable = true, stopAfter?: string) => {
    const control = new AbortController();
    return runActs(rowsLeft(rows, results), {
      isRepeatable,
      signal: control.signal,
      wait: () => Promise.resolve(),
      onResult: (id, result) => results.set(id, result),
      async send({ id }) {
        sent.push(id);
        if (id === stopAfter) control.abort();
        const answer = answers[id]?.shift() ?? { userErrors: [] };
        if (answer instanceof Fault) throw answer;
        return Promise.resolve(answer);
      },
    });
  };
  return { sent, results, run };
}

const refused = { userErrors: [{ code: 'LAST_ADMIN', message: '' }] };

test('a refusal concerns one agent, and a second run sends only that one', async () => {
  const { sent, results, run } = service({ b: [refused] });
  await run();
  expect(sent).toEqual(['a', 'b', 'c', 'd']);
  expect(results.get('b')).toEqual({ failed: refused.userErrors[0] });
  await run();
  expect(sent.slice(4)).toEqual(['b']);
  await run();
  expect(sent).toHaveLength(5);
});

test('a stop ends the run after the agent that was sent, and the next run continues', async () => {
  const { sent, run } = service({});
  await run(true, 'b');
  expect(sent).toEqual(['a', 'b']);
  await run();
  expect(sent).toEqual(['a', 'b', 'c', 'd']);
});

test('a request without an answer is sent again, and one that stays without ends the run', async () => {
  const lost = () => new Fault('NO_ANSWER');
  const { sent, run } = service({ a: [lost()], b: [lost(), lost(), lost(), lost()] });
  await expect(run()).rejects.toThrow('NO_ANSWER');
  expect(sent).toEqual(['a', 'a', 'b', 'b', 'b', 'b']);
  // The others are not held up by the one that failed.
  await run();
  expect(sent.slice(6)).toEqual(['c', 'd', 'b']);
});

test('a mail is sent once only, and the pace of one address does not hold up the others', async () => {
  const { sent, results, run } = service({ b: [new Fault('RATE_LIMITED')] });
  await run(false);
  expect(sent).toEqual(['a', 'b', 'c', 'd']);
  expect(results.get('b')).toMatchObject({ failed: { code: 'RATE_LIMITED' } });
  const lost = service({ a: [new Fault('NO_ANSWER')] });
  await expect(lost.run(false)).rejects.toThrow('NO_ANSWER');
  expect(lost.sent).toEqual(['a']);
});

test('a fault that concerns the caller ends the run', async () => {
  const { sent, run } = service({ b: [new Fault('DAY_PASS_REQUIRED')] });
  await expect(run()).rejects.toThrow('DAY_PASS_REQUIRED');
  expect(sent).toEqual(['a', 'b']);
});
