import type { DenialReason } from '../../src/access/gate.rules';
import { languages, type Language } from '../../src/core/notation/languages';
import { denialMessage, renderNotice, type NoticeFacts } from '../../src/access/notice';

const facts: NoticeFacts = {
  language: 'en',
  timeZone: 'America/Santiago',
  passExpiresAtMs: Date.parse('2026-11-24T03:00:00Z'),
  localDate: '2026-11-23',
  price: { minor: 1200, currency: 'USD' },
  emergency: false,
};

describe('the notice before Proceed', () => {
  const notices: Record<Language, { plain: string; emergency: string }> = {
    en: {
      plain:
        'Entering the agent portal uses one day pass for 23 November 2026. You will have access until 00:00 on 24 November 2026 (Santiago time). Price: USD 12.00 without tax.',
      emergency: ' The wallet is empty: this is an emergency pass.',
    },
    de: {
      plain:
        'Der Eintritt in das Agentenportal verbraucht einen Tagespass für den 23. November 2026. Sie haben Zugang bis zum 24. November 2026, 00:00 Uhr (Ortszeit Santiago). Preis: 12,00 USD ohne Steuern.',
      emergency: ' Das Guthaben ist leer: Dies ist ein Notfallpass.',
    },
    es: {
      plain:
        'Entrar en el portal de agentes consume un pase de un día para el 23 de noviembre de 2026. Tendrá acceso hasta el 24 de noviembre de 2026, 00:00 h (hora de Santiago). Precio: 12,00 USD sin impuestos.',
      emergency: ' El monedero está vacío: este es un pase de emergencia.',
    },
    ja: {
      plain:
        'エージェントポータルに入ると、2026年11月23日のデイパスを1枚使用します。2026年11月24日 00:00（Santiago時間）まで利用できます。価格：USD 12.00（税抜）。',
      emergency: 'ウォレットの残高がないため、緊急用のデイパスになります。',
    },
  };

  test.each(languages)('says in %s what is used, until when, and what it costs', (language) => {
    expect(renderNotice({ ...facts, language })).toBe(notices[language].plain);
  });

  test.each(languages)(
    'says in %s that the wallet is empty and the pass an emergency',
    (language) => {
      const { plain, emergency } = notices[language];
      expect(renderNotice({ ...facts, language, emergency: true })).toBe(plain + emergency);
    },
  );

  test('names no price if none applies', () => {
    expect(renderNotice({ ...facts, price: null })).toMatch(/\(Santiago time\)\.$/);
  });

  test('shows the local time if a day begins at 01:00', () => {
    const passExpiresAtMs = Date.parse('2026-09-06T04:00:00Z');
    const notice = renderNotice({ ...facts, passExpiresAtMs, localDate: '2026-09-05' });
    expect(notice).toContain('for 5 September 2026.');
    expect(notice).toContain('until 01:00 on 6 September 2026');
  });

  test('writes an amount as its currency has it', () => {
    const priced = (minor: number, currency: string) =>
      renderNotice({ ...facts, price: { minor, currency } });
    expect(priced(1500, 'JPY')).toContain('Price: JPY 1,500 without tax.');
    expect(priced(3_750, 'KWD')).toContain('Price: KWD 3.750 without tax.');
  });

  test('depends on nothing of the machine that it runs on', () => {
    const ofTheMachine = () => {
      throw new Error('The text came from the locale data of this machine.');
    };
    const spies = [
      jest.spyOn(Intl, 'DateTimeFormat').mockImplementation(ofTheMachine),
      jest.spyOn(Intl, 'NumberFormat').mockImplementation(ofTheMachine),
      jest.spyOn(Date.prototype, 'toLocaleDateString').mockImplementation(ofTheMachine),
      jest.spyOn(Number.prototype, 'toLocaleString').mockImplementation(ofTheMachine),
    ];
    try {
      for (const language of languages) renderNotice({ ...facts, language, emergency: true });
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });
});

describe('why access is denied', () => {
  const nextSteps: Record<DenialReason, string> = {
    NOT_AN_AGENT: 'contact portal',
    AGENT_NOT_ACTIVE: 'invitation',
    SECTION_NOT_PERMITTED: 'Ask an administrator',
    SESSION_NOT_PERMITTED: 'Sign in to the agent portal',
    TICKET_NOT_FOUND: 'Check the link',
    WALLET_FROZEN: 'Ask an administrator to unfreeze it',
    ACCOUNT_CLOSED: 'ask an administrator',
    WALLET_EMPTY: 'Ask an administrator to buy more',
  };
  const reasons = Object.keys(nextSteps) as DenialReason[];

  test.each(reasons)('%s says what to do next', (reason) => {
    expect(denialMessage(reason, 'en')).toContain(nextSteps[reason]);
  });

  test('each reason has a text in each language, and no two are equal', () => {
    const messages = languages.flatMap((language) =>
      reasons.map((reason) => denialMessage(reason, language)),
    );
    expect(new Set(messages).size).toBe(languages.length * reasons.length);
  });
});
