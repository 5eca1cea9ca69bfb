import type { Pool, PoolClient } from 'pg';
import { newId } from '../../src/core/ids';
import { createLog } from '../../src/core/log';
import { LedgerWriter } from '../../src/ledger/ledger-writer';
import { bounded, hangMs } from '../support/patience';

/** A writer whose connections are made as a test says. */
function writerWith(connect: () => Promise<PoolClient>): LedgerWriter {
  return new LedgerWriter({
    pool: { connect } as unknown as Pool,
    writersMax: 1,
    log: createLog({ logLevel: 'silent' }),
    announce() {},
  });
}

const expire = () => ({ kind: 'expire' as const, id: newId() });

test('a writer without commands is drained at once', async () => {
  await bounded(writerWith(() => new Promise(() => {})).drained(), 'the end of nothing');
});

test('a drain ends after the last command was answered', async () => {
  let refuse: (error: Error) => void = () => {};
  const ledger = writerWith(() => new Promise((_, reject) => (refuse = reject)));
  const order: string[] = [];
  const answered = ledger
    .submit<'expire'>(newId(), expire())
    .catch(() => order.push('the command'));
  const drained = ledger.drained(2 * hangMs).then(() => order.push('the drain'));
  // The batch asks for its connection a breath later.
  await new Promise(setImmediate);
  refuse(new Error('The batch is refused.'));
  await bounded(Promise.all([answered, drained]), 'the drain');
  expect(order).toEqual(['the command', 'the drain']);
});

test('a batch that never ends holds a drain no longer than its bound', async () => {
  const ledger = writerWith(() => new Promise(() => {}));
  ledger.submit<'expire'>(newId(), expire()).catch(() => {});
  const drains = [ledger.drained(50).then(() => 'short'), ledger.drained(5_000).then(() => 'long')];
  expect(await Promise.race(drains)).toBe('short');
});
