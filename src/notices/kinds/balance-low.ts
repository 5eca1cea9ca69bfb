import type { NoticeModule } from '../notice';

/** The balance fell to a threshold. */
export const balanceLow: NoticeModule<'BALANCE_LOW'> = {
  kind: 'BALANCE_LOW',
  source: { kind: 'DayPassWalletLow', belowZero: false },
  ofEntry({ payload, balance }) {
    const threshold = Number(payload.threshold);
    return { facts: { threshold, balance }, threshold };
  },
  isWorse: (balance, than) => balance < than,
  words: {
    en: ({ threshold, balance }, { wallet }) => ({
      subject: `${wallet}: ${balance} ${balance === 1 ? 'day pass' : 'day passes'} left`,
      sentence: `The wallet ${wallet} has ${balance} ${balance === 1 ? 'day pass' : 'day passes'} left. You asked for an alert at ${threshold}.`,
      linkText: 'Buy day passes',
    }),
    de: ({ threshold, balance }, { wallet }) => ({
      subject: `${wallet}: noch ${balance} ${balance === 1 ? 'Tagespass' : 'Tagespässe'}`,
      sentence: `Das Guthaben ${wallet} hat noch ${balance} ${balance === 1 ? 'Tagespass' : 'Tagespässe'}. Sie wollten bei ${threshold} benachrichtigt werden.`,
      linkText: 'Tagespässe kaufen',
    }),
    es: ({ threshold, balance }, { wallet }) => ({
      subject: `${wallet}: ${balance === 1 ? 'queda 1 pase' : `quedan ${balance} pases`} de un día`,
      sentence: `En el monedero ${wallet} ${balance === 1 ? 'queda 1 pase' : `quedan ${balance} pases`} de un día. Pidió un aviso al llegar a ${threshold}.`,
      linkText: 'Comprar pases de un día',
    }),
    ja: ({ threshold, balance }, { wallet }) => ({
      subject: `${wallet}：デイパスの残りは${balance}枚です`,
      sentence: `ウォレット「${wallet}」のデイパスは残り${balance}枚です。${threshold}枚になったらお知らせするよう設定されています。`,
      linkText: 'デイパスを購入',
    }),
  },
  linkPath: () => '/admin/buy',
};
