import { writeDate } from '../../core/notation/date';
import type { NoticeModule } from '../notice';

/** Unused passes of a lot expire in seven days. */
export const lotExpiring: NoticeModule<'LOT_EXPIRING'> = {
  kind: 'LOT_EXPIRING',
  source: null,
  words: {
    en: ({ passes, lastDay }, { wallet }) => ({
      subject: `${wallet}: ${passes} day passes expire on ${writeDate(lastDay, 'en')}`,
      sentence: `${passes} unused day passes of the wallet ${wallet} expire on ${writeDate(lastDay, 'en')}.`,
      linkText: 'Open the wallet',
    }),
    de: ({ passes, lastDay }, { wallet }) => ({
      subject: `${wallet}: ${passes} Tagespässe verfallen am ${writeDate(lastDay, 'de')}`,
      sentence: `${passes} ungenutzte Tagespässe des Guthabens ${wallet} verfallen am ${writeDate(lastDay, 'de')}.`,
      linkText: 'Guthaben öffnen',
    }),
    es: ({ passes, lastDay }, { wallet }) => ({
      subject: `${wallet}: ${passes} pases de un día caducan el ${writeDate(lastDay, 'es')}`,
      sentence: `${passes} pases de un día sin usar del monedero ${wallet} caducan el ${writeDate(lastDay, 'es')}.`,
      linkText: 'Abrir el monedero',
    }),
    ja: ({ passes, lastDay }, { wallet }) => ({
      subject: `${wallet}：デイパス${passes}枚が${writeDate(lastDay, 'ja')}に失効します`,
      sentence: `ウォレット「${wallet}」の未使用のデイパス${passes}枚が${writeDate(lastDay, 'ja')}に失効します。`,
      linkText: 'ウォレットを開く',
    }),
  },
  linkPath: () => '/admin',
};
