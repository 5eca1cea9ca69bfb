import fc from 'fast-check';
import { languages } from '../../src/core/notation/languages';
import { newId } from '../../src/core/ids';
import type { JournalEntry } from '../../src/journal/journal-entry';
import { renderMail } from '../../src/mail/render-mail';
import { noticeMail } from '../../src/notices/notice-mail-words';
import type { Notice, NoticeDraft, NoticeFactsOf, NoticeKind } from '../../src/notices/notice';
import { noticeKindNames, noticeKinds, noticeWords } from '../../src/notices/notice-kinds';
import { draftsOf, quietMs, withoutRepeats } from '../../src/notices/notice.rules';

const accountId = newId();
const wallets = [newId(), newId()];

function entry(kind: string, values: Partial<JournalEntry> = {}): JournalEntry {
  return {
    ...{ accountId, sequence: 1, id: newId(), kind, walletId: wallets[0]!, walletSequence: 1 },
    ...{ delta: 0, balance: 20, actor: null, agentId: null, consumptionId: null, payload: {} },
    ...{ occurredAtMs: 0, hash: '' },
    ...values,
  };
}

const low = (threshold: number, values: Partial<JournalEntry> = {}) =>
  entry('DayPassWalletLow', { payload: { threshold }, ...values });

function draft(kind: NoticeKind, values: Partial<NoticeDraft> = {}): NoticeDraft {
  return {
    ...{ id: newId(), accountId, kind, atMs: 0, sequence: 1, walletId: wallets[0]! },
    ...{ threshold: 20, balance: 20, facts: {}, agentId: null },
    ...values,
  };
}

test('an entry causes the notice of its kind, for the person whom it concerns', () => {
  const agentId = newId();
  const reversal = { reason: 'Wrong ticket', lotId: null, settled: [] };
  const cases: [JournalEntry, Partial<NoticeDraft>[]][] = [
    [low(20), [{ kind: 'BALANCE_LOW', threshold: 20, agentId: null }]],
    [entry('DayPassWalletEmpty', { balance: 0 }), [{ kind: 'BALANCE_EMPTY', agentId: null }]],
    [entry('DayPassConsumed', { balance: 0 }), []],
    [
      entry('DayPassConsumed', { balance: -2, agentId }),
      [{ kind: 'EMERGENCY_USED', facts: { owed: 2 }, agentId: null }],
    ],
    [
      entry('DayPassReversed', {
        ...{ agentId, consumptionId: newId(), payload: reversal },
        actor: { kind: 'AGENT', id: newId() },
      }),
      [{ kind: 'PASS_REVERSED', agentId }],
    ],
    [
      entry('InvoiceIssued', {
        payload: { number: 'INV-1-1', netMinor: 1000, taxMinor: 190, currency: 'EUR' },
      }),
      [{ kind: 'INVOICE_ISSUED', agentId: null }],
    ],
    [entry('DayPassesGranted'), []],
    [entry('OfALaterRelease'), []],
  ];
  for (const [given, expected] of cases) {
    expect(draftsOf([given])).toEqual(expected.map((one) => expect.objectContaining(one)));
  }
});

test('of the alerts of one fall the worst is sent, of two falls both', () => {
  const fall = [50, 20, 5].map((threshold, at) => low(threshold, { sequence: at + 1, balance: 0 }));
  const empty = entry('DayPassWalletEmpty', { sequence: 4, balance: 0 });
  expect(draftsOf([...fall, empty]).map(({ kind }) => kind)).toEqual(['BALANCE_EMPTY']);
  expect(draftsOf(fall).map(({ threshold }) => threshold)).toEqual([5]);
  const two = [low(50, { balance: 50 }), low(20, { sequence: 2, balance: 20 })];
  expect(draftsOf(two).map(({ threshold }) => threshold)).toEqual([50, 20]);
  const others = [low(50), low(20, { sequence: 2, walletId: wallets[1]! })];
  expect(draftsOf(others)).toHaveLength(2);
});

const drafts = fc
  .array(
    fc.record({
      kind: fc.constantFrom<NoticeKind>('BALANCE_LOW', 'BALANCE_EMPTY', 'EMERGENCY_USED'),
      walletId: fc.constantFrom(...wallets),
      threshold: fc.constantFrom(20, 50),
      balance: fc.integer({ min: -40, max: 50 }),
      hours: fc.integer({ min: 0, max: 30 }),
    }),
    { maxLength: 40 },
  )
  .map((made) => {
    let atMs = 0;
    return made.map(({ hours, balance, ...values }) => {
      atMs += hours * 3_600_000;
      // An emergency pass always leaves the wallet below zero.
      const left = values.kind === 'EMERGENCY_USED' ? -1 - Math.abs(balance) : balance;
      return draft(values.kind, { ...values, balance: left, atMs });
    });
  });

test('a wallet and threshold has one notice in 24 hours, unless the next is worse than the last', () => {
  fc.assert(
    fc.property(drafts, fc.integer({ min: 0, max: 40 }), (all, cut) => {
      const sent = withoutRepeats(all, []);
      const keyOf = ({ kind, walletId, threshold }: NoticeDraft) =>
        `${kind} ${walletId} ${threshold}`;
      for (const one of all) {
        const earlier = sent.filter(
          (other) => all.indexOf(other) < all.indexOf(one) && keyOf(other) === keyOf(one),
        );
        const last = earlier.at(-1);
        const isRepeat = last !== undefined && one.atMs - last.atMs < quietMs;
        const isWorse = last && noticeKinds[one.kind].isWorse!(one.balance!, last.balance!);
        expect(sent.includes(one)).toBe(!isRepeat || isWorse);
        // The balance of a notice within the day is always lower.
        if (isRepeat && isWorse) expect(one.balance!).toBeLessThan(last.balance!);
      }
      // The same in two pages, of which the second knows only what the first stored.
      const first = withoutRepeats(all.slice(0, cut), []);
      expect([...first, ...withoutRepeats(all.slice(cut), first)]).toEqual(sent);
    }),
  );
});

test('a wallet that hovers at its threshold sends one notice a day', () => {
  const hour = 3_600_000;
  const all = Array.from({ length: 48 }, (_, at) => draft('BALANCE_LOW', { atMs: at * hour }));
  expect(withoutRepeats(all, []).map(({ atMs }) => atMs / hour)).toEqual([0, 24]);
});

test('emergency passes of one day are reported at 1, 2, 4, 8 …', () => {
  const all = Array.from({ length: 1_000 }, (_, at) =>
    draft('EMERGENCY_USED', { balance: -at - 1, threshold: null }),
  );
  expect(withoutRepeats(all, []).map(({ balance }) => balance)).toEqual(
    [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((owed) => -owed),
  );
});

const facts: NoticeFactsOf = {
  BALANCE_LOW: { threshold: 20, balance: 19 },
  BALANCE_EMPTY: {},
  EMERGENCY_USED: { owed: 3 },
  PASS_REVERSED: { consumptionId: newId(), reason: 'Wrong ticket', by: 'AGENT', byId: newId() },
  INVOICE_ISSUED: { invoiceId: newId(), number: 'INV-1-7', grossMinor: 1190, currency: 'EUR' },
  INVOICE_OVERDUE: { invoiceId: newId(), number: 'INV-1-7', dueOn: '2026-12-24' },
  LOT_EXPIRING: { lotId: newId(), passes: 12, lastDay: '2026-12-24' },
  WEBHOOK_FAILING: { endpointId: newId(), host: 'partner.example' },
  WEBHOOK_PAUSED: { endpointId: newId(), host: 'partner.example', reason: 'GONE' },
};

/** What each kind must name, in every language. */
const named: Record<NoticeKind, string[]> = {
  BALANCE_LOW: ['Main', '19', '20'],
  BALANCE_EMPTY: ['Main'],
  EMERGENCY_USED: ['Main', '3'],
  PASS_REVERSED: ['Ada', 'Wrong ticket', '2026', '24'],
  INVOICE_ISSUED: ['INV-1-7', 'EUR', '11'],
  INVOICE_OVERDUE: ['INV-1-7', '2026', '24'],
  LOT_EXPIRING: ['Main', '12', '2026', '24'],
  WEBHOOK_FAILING: ['partner.example', '15'],
  WEBHOOK_PAUSED: ['partner.example', '410'],
};

test('a mail has one link, whatever names and reasons contain', () => {
  const names: Notice['names'] = {
    ...{ account: 'Kestrel', wallet: 'https://evil.example <b>', actor: null, passDate: null },
    language: 'en',
    invoiceKind: null,
  };
  const notice = { ...draft('BALANCE_EMPTY'), number: 1, names } as Notice;
  const about = { locale: 'en', name: 'Ida', publicUrl: 'https://desk.example' };
  const { subject, text, html } = renderMail(noticeMail(notice, about));
  expect(subject).not.toContain('://');
  const links = [...text.matchAll(/https?:\/\/[^\s"<]+/g)].map(([link]) => link);
  expect(links).toEqual(['https://desk.example/admin/buy']);
  expect(html).not.toContain('<b>');
  // The sender is at the top, in both forms.
  expect(text.startsWith('Kestrel\n')).toBe(true);
  expect(html).toContain('>Kestrel</p>');
});

test.each(['Wrong ticket', 'Wrong ticket.', 'Wrong ticket。'])(
  'the reason "%s" and its sentence have one full stop together',
  (reason) => {
    const names: Notice['names'] = {
      ...{ account: 'Kestrel', wallet: 'Main', actor: 'Ada', passDate: '2026-12-24' },
      language: 'en',
      invoiceKind: null,
    };
    for (const language of languages) {
      const given = { ...facts.PASS_REVERSED, reason };
      const { sentence } = noticeWords({ kind: 'PASS_REVERSED', facts: given, names }, language);
      expect(sentence).toMatch(/Wrong ticket[.。](?![.。])/);
    }
  },
);

test.each(noticeKindNames)('the words of %s name what happened, in every language', (kind) => {
  const names: Notice['names'] = {
    ...{ account: 'Kestrel', wallet: 'Main', actor: 'Ada', passDate: '2026-12-24' },
    language: 'en',
    invoiceKind: 'INVOICE',
  };
  const written = languages.map((language) => {
    const words = noticeWords({ kind, facts: facts[kind], names }, `${language}-XX`);
    expect(words.language).toBe(language);
    for (const one of named[kind]) expect(words.sentence).toContain(one);
    for (const text of [words.subject, words.sentence, words.linkText]) {
      expect(text).toMatch(/\S/);
      expect(text).not.toMatch(/undefined|null|NaN/);
    }
    expect(words.linkPath).toMatch(/^\/(?:admin|portal)/);
    return words.sentence;
  });
  expect(new Set(written).size).toBe(languages.length);
});
