import type { NoticeModule } from '../notice';

/** The balance fell to zero. */
export const balanceEmpty: NoticeModule<'BALANCE_EMPTY'> = {
  kind: 'BALANCE_EMPTY',
  source: { kind: 'DayPassWalletEmpty', belowZero: false },
  ofEntry: () => ({ facts: {}, threshold: 0 }),
  isWorse: (balance, than) => balance < than,
  words: {
    en: (_facts, { wallet }) => ({
      subject: `${wallet}: no day passes left`,
      sentence: `The wallet ${wallet} is empty. Occasional agents cannot enter the agent portal with a day pass from it until passes are added or the emergency allowance is used.`,
      linkText: 'Buy day passes',
    }),
    de: (_facts, { wallet }) => ({
      subject: `${wallet}: keine Tagespässe mehr`,
      sentence: `Das Guthaben ${wallet} ist leer. Gelegentliche Agenten kommen mit einem Tagespass daraus erst wieder in das Agentenportal, wenn Pässe hinzukommen oder die Notreserve genutzt wird.`,
      linkText: 'Tagespässe kaufen',
    }),
    es: (_facts, { wallet }) => ({
      subject: `${wallet}: no quedan pases de un día`,
      sentence: `El monedero ${wallet} está vacío. Los agentes ocasionales no pueden entrar en el portal de agentes con un pase de este monedero hasta que se añadan pases o se use la reserva de emergencia.`,
      linkText: 'Comprar pases de un día',
    }),
    ja: (_facts, { wallet }) => ({
      subject: `${wallet}：デイパスがなくなりました`,
      sentence: `ウォレット「${wallet}」は空です。パスを追加するか緊急枠を使うまで、臨時エージェントはこのウォレットのデイパスでエージェントポータルに入れません。`,
      linkText: 'デイパスを購入',
    }),
  },
  linkPath: () => '/admin/buy',
};
