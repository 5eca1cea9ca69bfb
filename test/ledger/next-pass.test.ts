import { drawLots } from '../../src/ledger/books/draw-lots';
import { nextPassOf } from '../../src/ledger/books/take-pass';
import { decideAccess } from '../../src/access/gate.rules';
import { agentOf, hourMs, ledgerOf, lotOf, noonMs } from '../support/desk/ledger';

/** Remaining passes of lots, the first of which has ended. */
const lots = [2, 0, 3, 1].map((remaining, at) =>
  lotOf({
    id: `lot ${at}`,
    sequence: at + 1,
    remaining,
    expiresAtMs: at === 0 ? noonMs - hourMs : null,
  }),
);

test.each([
  { quantity: 0, drawn: [] },
  { quantity: 1, drawn: ['1 of lot 2'] },
  { quantity: 3, drawn: ['3 of lot 2'] },
  { quantity: 4, drawn: ['3 of lot 2', '1 of lot 3'] },
  { quantity: 9, drawn: ['3 of lot 2', '1 of lot 3'] },
])('$quantity passes come from $drawn', ({ quantity, drawn }) => {
  const draws = drawLots(lots, { quantity, nowMs: noonMs });
  expect(draws.map((draw) => `${draw.quantity} of ${draw.lot.id}`)).toEqual(drawn);
});

test.each([
  { inLots: 1, owed: 0, allowance: 0, origin: 'LOT' },
  { inLots: 0, owed: 0, allowance: 0, origin: null },
  { inLots: 0, owed: 0, allowance: 1, origin: 'EMERGENCY' },
  { inLots: 0, owed: 1, allowance: 2, origin: 'EMERGENCY' },
  { inLots: 0, owed: 2, allowance: 2, origin: null },
  { inLots: 0, owed: 2, allowance: 1, origin: null },
])(
  'the gate and the ledger agree: $inLots in lots, $owed owed of $allowance: $origin',
  ({ inLots, owed, allowance, origin }) => {
    const dueButNotEnded = 2;
    const balance = dueButNotEnded + inLots - owed;
    const ledger = ledgerOf({
      lots: [lots[0]!, lotOf({ id: 'open', sequence: 9, remaining: inLots })],
      wallet: { balance, emergencyAllowance: allowance },
    });
    const wallet = ledger.wallets.get('wallet')!;
    expect(nextPassOf(ledger, wallet)).toBe(origin);

    const gate = decideAccess({
      nowMs: noonMs,
      gateShutsAtMs: null,
      agent: agentOf(),
      runningPass: null,
      section: 'TICKETS',
      ticket: 'NOT_ASKED',
      mayConsume: true,
      wallet: { frozenAtMs: null, balance, emergencyAllowance: allowance, dueButNotEnded },
      passExpiresAtMs: noonMs + hourMs,
    });
    expect(gate).toMatchObject(
      origin === null
        ? { kind: 'DENIED', reason: 'WALLET_EMPTY' }
        : { kind: 'REQUIRED', emergency: origin === 'EMERGENCY' },
    );
  },
);
