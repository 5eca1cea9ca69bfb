import type { ConsumeByKey } from '../../src/ledger/books/consume-by-key';
import type { ApiKey, Ledger } from '../../src/ledger/model/ledger';
import { agentOf, countingIds, dayEndMs, fold, ledgerOf, lotOf } from '../support/desk/ledger';

const keyOf = (some: Partial<ApiKey> = {}): ApiKey => ({
  id: 'key',
  agentId: 'agent',
  revokedAtMs: null,
  ...some,
});

const useOf = (some: Partial<ConsumeByKey> = {}): ConsumeByKey => ({
  kind: 'consume-by-key',
  id: 'command',
  agentId: 'agent',
  apiKeyId: 'key',
  section: 'TICKETS',
  confirmationId: 'use',
  ...some,
});

function withKeys(ledger: Ledger, ...keys: ApiKey[]): Ledger {
  for (const key of keys) ledger.keys.set(key.id, key);
  return ledger;
}

test('a key uses a pass until the end of its agent’s day, without consent', () => {
  const ledger = withKeys(ledgerOf({ lots: [lotOf()] }), keyOf());
  const { outcomes, entries } = fold(ledger, [useOf()]);
  expect(outcomes).toMatchObject([
    {
      status: 'accepted',
      result: { taken: { source: 'API_KEY', consent: null, expiresAtMs: dayEndMs } },
    },
  ]);
  expect(entries).toMatchObject([
    { kind: 'DayPassConsumed', delta: -1, actor: { kind: 'API_KEY', id: 'key' } },
  ]);
});

test('keys and people of one batch use one pass together', () => {
  const ledger = withKeys(ledgerOf({ lots: [lotOf()] }), keyOf(), keyOf({ id: 'other' }));
  const { outcomes, entries } = fold(ledger, [
    useOf(),
    useOf({ id: 'c2', confirmationId: 'u2' }),
    useOf({ id: 'c3', confirmationId: 'u3', apiKeyId: 'other' }),
  ]);
  const taken = outcomes.map(
    (one) => one.status === 'accepted' && 'taken' in one.result && one.result.taken,
  );
  expect(taken).toEqual([expect.anything(), null, null]);
  expect(entries).toHaveLength(1);
});

test('a batch that runs again because its answer was lost returns the pass of the first run', () => {
  const ledger = withKeys(ledgerOf({ lots: [lotOf()] }), keyOf());
  const newId = countingIds();
  const first = fold(ledger, [useOf()], newId);
  const again = fold(ledger, [useOf()], newId);
  expect(again).toEqual({ outcomes: first.outcomes, entries: [] });
});

test.each([
  ['a key of another agent', keyOf({ agentId: 'somebody' })],
  ['a service key', keyOf({ agentId: null })],
  ['a key that was revoked', keyOf({ revokedAtMs: 1 })],
])('%s uses none', (_, key) => {
  const { outcomes, entries } = fold(withKeys(ledgerOf({ lots: [lotOf()] }), key), [useOf()]);
  expect(outcomes).toMatchObject([{ status: 'refused', code: 'NOT_FOUND' }]);
  expect(entries).toEqual([]);
});

test('a key that is revoked earlier in the batch uses none; revoked again, it keeps its instant', () => {
  const ledger = withKeys(ledgerOf({ lots: [lotOf()] }), keyOf());
  const revoke = { kind: 'revoke-key' as const, apiKeyId: 'key' };
  const { outcomes } = fold(ledger, [
    { ...revoke, id: 'r1', atMs: 5 },
    useOf(),
    { ...revoke, id: 'r2', atMs: 9 },
  ]);
  expect(outcomes).toMatchObject([
    { status: 'accepted', result: { apiKey: { revokedAtMs: 5 } } },
    { status: 'refused' },
    { status: 'accepted', result: { apiKey: { revokedAtMs: 5 } } },
  ]);
});

test('the allowance serves keys, too, and is marked', () => {
  const wallet = { emergencyAllowance: 1 };
  const agents = [agentOf(), agentOf({ id: 'second' })];
  const ledger = withKeys(
    ledgerOf({ agents, wallet }),
    keyOf(),
    keyOf({ id: 'k2', agentId: 'second' }),
  );
  const { outcomes } = fold(ledger, [
    useOf(),
    useOf({ id: 'c2', confirmationId: 'u2', agentId: 'second', apiKeyId: 'k2' }),
  ]);
  expect(outcomes).toMatchObject([
    { status: 'accepted', result: { taken: { emergency: true } } },
    { status: 'refused', code: 'WALLET_EMPTY' },
  ]);
});
