import { AccountWatch } from '../../src/access/account-watch';
import type { AccountScope } from '../../src/db/account-scope';
import type { JournalEntry } from '../../src/journal/journal-entry';
import { createLog } from '../../src/core/log';
import { eventually } from '../support/patience';

/** A watch of an account whose state has a revision, and which has one active agent. */
async function openWatch() {
  const state = { revision: 1, reads: 0 };
  const scope = {
    accountId: 'account',
    query: (sql: string) =>
      Promise.resolve([sql.includes('revision') ? { revision: state.revision } : { sequence: 0 }]),
    queryPrepared: () => {
      state.reads += 1;
      return Promise.resolve([{ id: 'agent', consumption_id: null, clock_offset_ms: 0 }]);
    },
    accounts: () => Promise.resolve([{ testClockOffsetMs: 0 }]),
  };
  const watch = new AccountWatch(scope as unknown as AccountScope, {
    log: createLog({ logLevel: 'silent' }),
    nowMs: () => 0,
    onRead() {},
  });
  await watch.start();
  let sequence = 0;
  /** An entry that another agent caused. */
  const write = async () => {
    sequence += 1;
    watch.tail.offer([{ sequence, agentId: null } as JournalEntry]);
    watch.tail.advanceTo(sequence);
    await eventually(async () => expect(watch.tail.sequence).toBe(sequence));
  };
  const remember = async () => {
    await Promise.all([watch.agentAccessOf('agent'), watch.clockOffsetMs()]);
    await eventually(async () => expect(watch.known('agent', null)).not.toBeNull());
  };
  return { watch, state, write, remember };
}

test('entries after a change of the state are sent by permissions that were read again once', async () => {
  const { watch, state, write, remember } = await openWatch();
  await remember();
  await write();
  expect(watch.known('agent', null)).not.toBeNull();
  // A change whose hint is late or lost.
  state.revision = 2;
  await write();
  expect(watch.known('agent', null)).toBeNull();
  await remember();
  for (let entry = 0; entry < 10; entry += 1) await write();
  expect(watch.known('agent', null)).not.toBeNull();
  expect(state.reads).toBe(2);
  state.revision = 3;
  await write();
  expect(watch.known('agent', null)).toBeNull();
});
