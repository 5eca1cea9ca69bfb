import { parse } from 'graphql';
import type { AccountWatch } from '../../src/access/account-watch';
import type { RequestContext } from '../../src/api/context';
import type { StreamSignal } from '../../src/api/stream';
import type { GroupSeat } from '../../src/api/waiting-reader';
import { WatchedAccount } from '../../src/api/watched-stream';
import { TurnBudget } from '../../src/core/turn-budget';
import type { Member } from '../../src/server/operation/reader-group';
import { ReaderGroups } from '../../src/server/operation/reader-groups';
import type { SharedExecutions } from '../../src/server/operation/shared-executions';
import { eventually } from '../support/patience';

/** An account's journal with `sequence` entries, and what wakes its groups. */
function openWatch() {
  const tail = {
    sequence: 0,
    after: (last: number) =>
      Array.from({ length: tail.sequence - last }, (_none, at) => ({ sequence: last + at + 1 })),
  };
  const groups = new Set<() => void>();
  const grow = () => {
    tail.sequence += 1;
    for (const wake of groups) wake();
  };
  return { watch: { tail, groups } as unknown as AccountWatch, groups, grow };
}

const document = parse('subscription { dayPassEvents { id } }');

function memberOf(watch: AccountWatch, canPay: boolean) {
  const reader = {
    watch,
    last: 0,
    lagMax: Infinity,
    isWaiting: true,
    messageOf: () => document,
    holdsRight: () => true,
    knowRight() {},
    wake: jest.fn(),
    enterGroup() {},
    leaveGroup() {},
  };
  const member = {
    reader,
    receiver: { isReady: true, send: jest.fn() },
    operation: { document, contextValue: { services: {}, caller: {} } },
    question: '',
    budget: { prepay: () => canPay, settle() {}, costOf: () => 1, payNow: () => canPay },
  } as unknown as Member;
  return { reader, member };
}

test('if no member can pay, nothing is executed, and each reads for itself', async () => {
  const { watch, grow } = openWatch();
  const executeForAll = jest.fn();
  const executions = { executeForAll } as unknown as SharedExecutions;
  const groups = new ReaderGroups({ executions, turns: new TurnBudget() });
  const members = [memberOf(watch, false), memberOf(watch, false)];
  for (const { member } of members) groups.join(member);
  grow();
  await eventually(async () => {
    for (const { reader } of members) expect(reader.wake).toHaveBeenCalledTimes(1);
  });
  expect(executeForAll).not.toHaveBeenCalled();
  for (const { reader } of members) expect(reader.last).toBe(0);
});

test('a stream that has ended before its first message was sent enters no group', () => {
  const { watch, groups } = openWatch();
  const signal = { closed: true, seat: null } as unknown as StreamSignal;
  const context = { caller: { viewer: { kind: 'AGENT' } } } as unknown as RequestContext;
  const account = new WatchedAccount(context, watch, null, signal);
  const { member, reader } = memberOf(watch, true);
  reader.enterGroup = (seat?: GroupSeat) => account.enterGroup(seat!);
  const executions = {} as SharedExecutions;
  new ReaderGroups({ executions, turns: new TurnBudget() }).join(member);
  expect(groups.size).toBe(0);
  expect(signal.seat).toBeNull();
});
