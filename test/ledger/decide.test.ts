import type { Consume } from '../../src/ledger/books/consume';
import type { Grant } from '../../src/ledger/books/grant';
import type { Outcome } from '../../src/ledger/commands';
import { decide } from '../../src/ledger/decide';
import type { Ledger } from '../../src/ledger/model/ledger';
import {
  agentOf,
  consumeOf,
  countingIds,
  dayEndMs,
  fold,
  grantOf,
  hourMs,
  ledgerOf,
  lotOf,
  noonMs,
} from '../support/desk/ledger';

const wordOf = (outcome: Outcome) => (outcome.status === 'refused' ? outcome.code : outcome.status);

const running = { agentId: 'agent', consumptionId: 'earlier', walletId: 'wallet' };
const price = (validFromMs: number, unitPriceMinor: number) => ({
  minimumQuantity: 1,
  unitPriceMinor,
  currency: 'USD',
  validFromMs,
  validToMs: null,
});

describe('whether an agent gets a pass', () => {
  const lots = [lotOf()];
  const cases: [what: string, ledger: Ledger, command: Partial<Consume>, word: string][] = [
    ['one pass is left', ledgerOf({ lots: [lotOf({ remaining: 1 })] }), {}, 'accepted'],
    ['none is left', ledgerOf(), {}, 'WALLET_EMPTY'],
    ['the agent is unknown', ledgerOf({ lots, agents: [] }), {}, 'CONFIRMATION_INVALID'],
    ['the wallet is unknown', ledgerOf({ lots }), { walletId: 'other' }, 'CONFIRMATION_INVALID'],
    [
      'the confirmation has a millisecond left',
      ledgerOf({ lots }),
      { confirmationExpiresAtMs: noonMs + 1 },
      'accepted',
    ],
    [
      'the confirmation ends now',
      ledgerOf({ lots }),
      { confirmationExpiresAtMs: noonMs },
      'CONFIRMATION_EXPIRED',
    ],
    [
      'the pass would have ten seconds',
      ledgerOf({ lots }),
      { passExpiresAtMs: noonMs + 10_000 },
      'accepted',
    ],
    [
      'the pass would have a millisecond less',
      ledgerOf({ lots }),
      { passExpiresAtMs: noonMs + 9_999 },
      'CONFIRMATION_STALE',
    ],
    [
      'the day has passed',
      ledgerOf({ lots }),
      { passExpiresAtMs: noonMs - 1 },
      'CONFIRMATION_STALE',
    ],
    ['the zone is another', ledgerOf({ lots }), { timeZone: 'Asia/Tokyo' }, 'CONFIRMATION_STALE'],
    ['other words were shown', ledgerOf({ lots }), { noticeDiffers: true }, 'CONFIRMATION_STALE'],
    [
      'a price has come',
      ledgerOf({ lots, prices: [price(noonMs, 900)] }),
      { price: null },
      'CONFIRMATION_STALE',
    ],
    [
      'a price will come',
      ledgerOf({ lots, prices: [price(noonMs + 1, 900)] }),
      { price: null },
      'accepted',
    ],
    [
      'the price is the one that was shown',
      ledgerOf({ lots, prices: [price(noonMs - 1, 900), price(noonMs - 2, 800)] }),
      { price: { minor: 900, currency: 'USD' } },
      'accepted',
    ],
    [
      'an emergency was not told of',
      ledgerOf({ wallet: { emergencyAllowance: 1 } }),
      { emergency: false },
      'CONFIRMATION_STALE',
    ],
    [
      'an emergency is not one any more',
      ledgerOf({ lots, wallet: { emergencyAllowance: 1 } }),
      { emergency: true },
      'CONFIRMATION_STALE',
    ],
    [
      'the allowance has one left',
      ledgerOf({ wallet: { emergencyAllowance: 3, balance: -2 } }),
      { emergency: true },
      'accepted',
    ],
    [
      'the allowance is used up',
      ledgerOf({ wallet: { emergencyAllowance: 3, balance: -3 } }),
      { emergency: false },
      'WALLET_EMPTY',
    ],
    [
      'the agent is only invited',
      ledgerOf({ lots, agents: [agentOf({ status: 'INVITED' })] }),
      {},
      'AGENT_NOT_ACTIVE',
    ],
    [
      'the agent is full-time',
      ledgerOf({ lots, agents: [agentOf({ type: 'FULL_TIME' })] }),
      {},
      'PASS_NOT_NEEDED',
    ],
    [
      'the agent may not use the section',
      ledgerOf({ lots, agents: [agentOf({ sections: ['ASSETS'] })] }),
      {},
      'SECTION_NOT_PERMITTED',
    ],
    [
      'the wallet is frozen',
      ledgerOf({ lots, wallet: { frozenAtMs: noonMs } }),
      {},
      'WALLET_FROZEN',
    ],
    [
      'all that is left has ended',
      ledgerOf({ lots: [lotOf({ expiresAtMs: noonMs })] }),
      {},
      'WALLET_EMPTY',
    ],
    [
      'what is left ends in a millisecond',
      ledgerOf({ lots: [lotOf({ expiresAtMs: noonMs + 1 })] }),
      {},
      'accepted',
    ],
  ];

  test.each(cases)('%s', (_, ledger, command, word) => {
    const { outcomes } = fold(ledger, [consumeOf(command)]);
    expect(wordOf(outcomes[0]!)).toBe(word);
  });

  test.each([
    ['runs for a millisecond more', noonMs + 1, 'PASS_ALREADY_ACTIVE', []],
    ['ends now', noonMs, 'accepted', ['DayPassExpired', 'DayPassConsumed']],
  ])('a pass that %s', (_, expiresAtMs, word, kinds) => {
    const ledger = ledgerOf({ lots });
    ledger.runningPasses.set('agent', { ...running, expiresAtMs });
    const { outcomes, entries } = fold(ledger, [consumeOf()]);
    expect(wordOf(outcomes[0]!)).toBe(word);
    expect(entries.map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('if passes arrive', () => {
  const cases: [what: string, ledger: Ledger, command: Partial<Grant>, word: string][] = [
    ['one', ledgerOf(), { quantity: 1 }, 'accepted'],
    ['a million', ledgerOf(), { quantity: 1_000_000 }, 'accepted'],
    ['a million and one', ledgerOf(), { quantity: 1_000_001 }, 'QUANTITY_OUT_OF_RANGE'],
    ['none', ledgerOf(), { quantity: 0 }, 'QUANTITY_OUT_OF_RANGE'],
    ['less than none', ledgerOf(), { quantity: -5 }, 'QUANTITY_OUT_OF_RANGE'],
    ['no number', ledgerOf(), { quantity: Number.NaN }, 'QUANTITY_OUT_OF_RANGE'],
    [
      'up to what a wallet holds',
      ledgerOf({ wallet: { balance: 999_999_999 } }),
      { quantity: 1 },
      'accepted',
    ],
    [
      'more than a wallet holds',
      ledgerOf({ wallet: { balance: 999_999_999 } }),
      { quantity: 2 },
      'QUANTITY_OUT_OF_RANGE',
    ],
    ['passes that end now', ledgerOf(), { expiresAtMs: noonMs }, 'VALIDATION_FAILED'],
    ['passes that end in a millisecond', ledgerOf(), { expiresAtMs: noonMs + 1 }, 'accepted'],
    ['for no such wallet', ledgerOf(), { walletId: 'other' }, 'NOT_FOUND'],
  ];

  test.each(cases)('%s', (_, ledger, command, word) => {
    expect(wordOf(fold(ledger, [grantOf(command)]).outcomes[0]!)).toBe(word);
  });
});

describe('doing it again', () => {
  test('another request with a used confirmation is reported as a replay', () => {
    const { outcomes, entries } = fold(ledgerOf({ lots: [lotOf()] }), [
      consumeOf({ id: 'one' }),
      consumeOf({ id: 'two' }),
    ]);
    expect(outcomes.map(wordOf)).toEqual(['accepted', 'replayed']);
    expect(entries).toHaveLength(1);
  });

  test('the same command run again, after an answer of the database was lost, is reported as done', () => {
    const ledger = ledgerOf({ lots: [lotOf()] });
    const commands = [consumeOf(), grantOf()];
    const first = fold(ledger, commands);
    const again = fold(ledger, commands);
    expect(first.outcomes.map(wordOf)).toEqual(['accepted', 'accepted']);
    expect(again.outcomes.map(wordOf)).toEqual(['accepted', 'accepted']);
    expect(again.entries).toEqual([]);
  });

  test('whether it is done is checked before every rule', () => {
    const ledger = ledgerOf({ lots: [lotOf()] });
    fold(ledger, [consumeOf({ id: 'one' })]);
    ledger.nowMs = dayEndMs + hourMs;
    ledger.agents.set('agent', agentOf({ status: 'DEACTIVATED', timeZone: 'Asia/Tokyo' }));
    const { outcomes } = fold(ledger, [consumeOf({ id: 'two', noticeDiffers: true })]);
    expect(outcomes.map(wordOf)).toEqual(['replayed']);
  });

  test('a key with another input is refused', () => {
    const { outcomes } = fold(ledgerOf(), [
      grantOf({ id: 'one' }),
      grantOf({ id: 'two', keyInput: { meant: ['another'], written: ['another'] } }),
    ]);
    expect(outcomes.map(wordOf)).toEqual(['accepted', 'IDEMPOTENCY_KEY_REUSED']);
  });
});

describe('within one batch', () => {
  test('each command sees what the ones before it did', () => {
    const agents = [agentOf(), agentOf({ id: 'second' })];
    const { outcomes } = fold(ledgerOf({ agents, lots: [lotOf({ quantity: 1, remaining: 1 })] }), [
      consumeOf(),
      consumeOf({ agentId: 'second', confirmationId: 'another' }),
      grantOf({ quantity: 1 }),
      consumeOf({ agentId: 'second', confirmationId: 'another' }),
    ]);
    expect(outcomes.map(wordOf)).toEqual(['accepted', 'WALLET_EMPTY', 'accepted', 'accepted']);
  });

  test('lots are used by priority, then by their end, then in the order of arrival', () => {
    const lots = [
      lotOf({ id: 'first', remaining: 1, priority: 0, expiresAtMs: noonMs + hourMs, sequence: 3 }),
      lotOf({ id: 'second', remaining: 1, priority: 0, sequence: 1 }),
      lotOf({ id: 'third', remaining: 1, priority: 0, sequence: 2 }),
      lotOf({ id: 'fourth', remaining: 1, priority: 1, expiresAtMs: noonMs + 1, sequence: 4 }),
    ];
    const agents = lots.map(({ id }) => agentOf({ id }));
    const ledger = ledgerOf({ agents, lots });
    const { entries } = fold(
      ledger,
      agents.map(({ id }) => consumeOf({ agentId: id, confirmationId: id })),
    );
    const drawn = entries.filter(({ kind }) => kind === 'DayPassConsumed');
    expect(drawn.map(({ payload }) => payload.lotId)).toEqual([
      'first',
      'second',
      'third',
      'fourth',
    ]);
  });

  test('passes that arrive pay what is owed first, oldest first', () => {
    const ledger = ledgerOf({ wallet: { emergencyAllowance: 5, balance: -3 } });
    ledger.owed.set('wallet', ['a', 'b', 'c']);
    const { entries } = fold(ledger, [
      grantOf({ quantity: 2 }),
      grantOf({ quantity: 4, key: 'another' }),
    ]);
    expect(entries.map(({ payload }) => payload.settled)).toEqual([['a', 'b'], ['c']]);
    const [first, second] = ledger.lots.get('wallet')!;
    expect([first!.remaining, second!.remaining]).toEqual([0, 3]);
    expect(ledger.wallets.get('wallet')!.balance).toBe(3);
  });
});

test('deciding changes nothing but its result', () => {
  const ledger = ledgerOf({ lots: [lotOf()], wallet: { lowBalanceThreshold: 9 } });
  const before = structuredClone(ledger);
  for (const command of [consumeOf(), grantOf(), consumeOf({ walletId: 'other' })]) {
    decide(ledger, command, countingIds());
  }
  expect(ledger).toEqual(before);
});
