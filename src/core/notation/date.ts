import type { Language } from './languages';

/** A date YYYY-MM-DD as people write it: '24 November 2026', '24. November 2026', '2026年11月24日'. */
export function writeDate(localDate: string, language: Language): string {
  const [year = 0, month = 0, day = 0] = localDate.split('-').map(Number);
  switch (language) {
    case 'en':
      return `${day} ${monthNames.en[month - 1]} ${year}`;
    case 'de':
      return `${day}. ${monthNames.de[month - 1]} ${year}`;
    case 'es':
      return `${day} de ${monthNames.es[month - 1]} de ${year}`;
    case 'ja':
      return `${year}年${month}月${day}日`;
  }
}

const monthNames = {
  en: 'January February March April May June July August September October November December'.split(
    ' ',
  ),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(
    ' ',
  ),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(
    ' ',
  ),
};
