import type { NoticeModule } from '../notice';

/** A pass was used below zero. The agent is named in the ledger, which needs access to the portal. */
export const emergencyUsed: NoticeModule<'EMERGENCY_USED'> = {
  kind: 'EMERGENCY_USED',
  source: { kind: 'DayPassConsumed', belowZero: true },
  ofEntry: ({ balance }) => ({ facts: { owed: -balance } }),
  // At 1, 2, 4, 8 … passes: an allowance of 1,000 causes eleven mails, not 1,000.
  isWorse: (balance, than) => balance <= 2 * than,
  words: {
    en: ({ owed }, { wallet }) => ({
      subject: `${wallet}: an emergency pass was used`,
      sentence: `An agent used a day pass from the emergency allowance of the empty wallet ${wallet}. The wallet owes ${owed} now.`,
      linkText: 'Open the ledger',
    }),
    de: ({ owed }, { wallet }) => ({
      subject: `${wallet}: ein Notfallpass wurde genutzt`,
      sentence: `Ein Agent hat einen Tagespass aus der Notreserve des leeren Guthabens ${wallet} genutzt. Das Guthaben schuldet jetzt ${owed}.`,
      linkText: 'Journal öffnen',
    }),
    es: ({ owed }, { wallet }) => ({
      subject: `${wallet}: se ha usado un pase de emergencia`,
      sentence: `Un agente ha usado un pase de un día de la reserva de emergencia del monedero vacío ${wallet}. El monedero debe ahora ${owed}.`,
      linkText: 'Abrir el registro',
    }),
    ja: ({ owed }, { wallet }) => ({
      subject: `${wallet}：緊急パスが使われました`,
      sentence: `空のウォレット「${wallet}」の緊急枠から、エージェントがデイパスを使いました。不足は現在${owed}枚です。`,
      linkText: '台帳を開く',
    }),
  },
  linkPath: () => '/admin/ledger',
};
