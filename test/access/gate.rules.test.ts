import { decideAccess, leastSaleMs, sections } from '../../src/access/gate.rules';
import type { GateDecision, GateQuestion, GateWallet } from '../../src/access/gate.rules';
import type { Agent } from '../../src/ledger/model/ledger';

const nowMs = Date.parse('2026-11-23T12:00:00Z');
const passExpiresAtMs = Date.parse('2026-11-24T03:00:00Z');

const occasional: Agent = {
  id: 'agent',
  type: 'OCCASIONAL',
  status: 'ACTIVE',
  role: 'AGENT',
  timeZone: 'America/Santiago',
  sections: ['TICKETS', 'ASSETS'],
};
const fullTime: Agent = { ...occasional, type: 'FULL_TIME' };
const wallet: GateWallet = {
  frozenAtMs: null,
  balance: 3,
  emergencyAllowance: 0,
  dueButNotEnded: 0,
};
const empty: GateWallet = { ...wallet, balance: 0 };
const frozen: GateWallet = { ...wallet, frozenAtMs: nowMs - 1 };

function ask(asked: Partial<GateQuestion> = {}): GateDecision {
  return decideAccess({
    nowMs,
    agent: occasional,
    section: 'TICKETS',
    ticket: 'NOT_ASKED',
    runningPass: null,
    mayConsume: true,
    gateShutsAtMs: null,
    wallet,
    passExpiresAtMs,
    ...asked,
  });
}

const required = { kind: 'REQUIRED', emergency: false, canConfirm: true };
const emergency = { ...required, emergency: true };
const walletEmpty = { kind: 'DENIED', reason: 'WALLET_EMPTY' };

describe('who has access', () => {
  test('an occasional agent without a pass is asked to use one', () => {
    expect(ask()).toEqual(required);
    expect(ask({ ticket: 'FOUND' })).toEqual(required);
  });

  test('a full-time agent has access without end, whatever the balance', () => {
    const granted = { kind: 'GRANTED', basis: 'FULL_TIME', untilMs: null };
    for (const any of [wallet, empty, frozen, null]) {
      expect(ask({ agent: fullTime, wallet: any })).toEqual(granted);
    }
  });

  test('a running pass gives access until it ends, even if the wallet is empty or frozen by now', () => {
    const runningPass = { expiresAtMs: nowMs + 60_000 };
    const granted = { kind: 'GRANTED', basis: 'DAY_PASS', untilMs: nowMs + 60_000 };
    for (const any of [wallet, empty, frozen, null]) {
      expect(ask({ runningPass, wallet: any })).toEqual(granted);
    }
  });

  test('a pass gives access one millisecond before its end, and not at its end', () => {
    const atTheEnd = { runningPass: { expiresAtMs: nowMs }, nowMs };
    expect(ask({ ...atTheEnd, nowMs: nowMs - 1 })).toMatchObject({ basis: 'DAY_PASS' });
    expect(ask(atTheEnd)).toEqual(required);
    expect(ask({ ...atTheEnd, nowMs: nowMs + 1 })).toEqual(required);
  });
});

describe('who has no access, and with which reason', () => {
  /** Each is a reason to refuse; of any two, the upper one is reported. */
  const reasons: [string, Partial<GateQuestion>][] = [
    ['NOT_AN_AGENT', { agent: null }],
    ['AGENT_NOT_ACTIVE', { agent: { ...occasional, status: 'DEACTIVATED' } }],
    ['SECTION_NOT_PERMITTED', { section: 'ADMIN' }],
    ['TICKET_NOT_FOUND', { ticket: 'MISSING' }],
    ['WALLET_FROZEN', { wallet: { ...empty, frozenAtMs: nowMs } }],
    ['WALLET_EMPTY', { wallet: empty }],
  ];

  test.each(reasons)('%s', (reason, asked) =>
    expect(ask(asked)).toEqual({ kind: 'DENIED', reason }),
  );

  const pairs = reasons.flatMap(([upper, first], index) =>
    reasons.slice(index + 1).map(([lower, second]) => [upper, lower, first, second] as const),
  );
  test.each(pairs)('%s is reported before %s', (reason, _lower, first, second) =>
    expect(ask({ ...second, ...first })).toEqual({ kind: 'DENIED', reason }),
  );

  test('an agent who was invited and did not activate is not active yet', () => {
    const invited: Agent = { ...fullTime, status: 'INVITED' };
    expect(ask({ agent: invited })).toEqual({ kind: 'DENIED', reason: 'AGENT_NOT_ACTIVE' });
  });

  test.each(sections)(
    '%s is open to full-time agents and to passes only where permitted',
    (section) => {
      const runningPass = { expiresAtMs: passExpiresAtMs };
      const permitted = occasional.sections.includes(section);
      for (const asked of [{ agent: fullTime }, { runningPass }]) {
        expect(ask({ ...asked, section }).kind).toBe(permitted ? 'GRANTED' : 'DENIED');
      }
    },
  );

  test('a ticket that does not exist is refused to a full-time agent and with a running pass too', () => {
    const denied = { kind: 'DENIED', reason: 'TICKET_NOT_FOUND' };
    expect(ask({ ticket: 'MISSING', agent: fullTime })).toEqual(denied);
    const runningPass = { expiresAtMs: passExpiresAtMs };
    expect(ask({ ticket: 'MISSING', runningPass })).toEqual(denied);
  });
});

describe('what the wallet can give', () => {
  test.each([
    { balance: 1, due: 0, allowance: 0, decision: required, why: 'the last pass' },
    { balance: 0, due: 0, allowance: 0, decision: walletEmpty, why: 'nothing left' },
    { balance: 3, due: 2, allowance: 0, decision: required, why: 'one pass is not past its end' },
    { balance: 3, due: 3, allowance: 0, decision: walletEmpty, why: 'all are past their end' },
    { balance: 1, due: 0, allowance: 2, decision: required, why: 'its own passes go first' },
    { balance: 0, due: 0, allowance: 2, decision: emergency, why: 'the first emergency' },
    { balance: -1, due: 0, allowance: 2, decision: emergency, why: 'the last emergency' },
    { balance: -2, due: 0, allowance: 2, decision: walletEmpty, why: 'all emergencies are used' },
    {
      balance: 3,
      due: 3,
      allowance: 1,
      decision: emergency,
      why: 'passes past their end are none',
    },
    { balance: -3, due: 0, allowance: 2, decision: walletEmpty, why: 'the allowance was lowered' },
  ])('$why: balance $balance, $due due, allowance $allowance', (row) => {
    const { balance, due: dueButNotEnded, allowance: emergencyAllowance } = row;
    const asked = { frozenAtMs: null, balance, emergencyAllowance, dueButNotEnded };
    expect(ask({ wallet: asked })).toEqual(row.decision);
  });

  test('without a wallet there are no passes', () => {
    expect(ask({ wallet: null })).toEqual(walletEmpty);
  });
});

describe('the last seconds of a day', () => {
  test('a pass with less than ten seconds left is not offered', () =>
    expect(leastSaleMs).toBe(10_000));

  test.each([
    [10_001, true],
    [10_000, true],
    [9_999, false],
    [0, false],
    [-1, false],
  ])('with %i ms left, offered: %s', (leftMs, canConfirm) =>
    expect(ask({ nowMs: passExpiresAtMs - leftMs })).toEqual({ ...required, canConfirm }),
  );
});
