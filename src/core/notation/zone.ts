import type { Language } from './languages';

/** The city of an IANA zone: 'New York' of 'America/New_York'; 'UTC' and 'CET' name themselves. */
export function placeOf(zone: string): string {
  const name = zone.split('/').at(-1)!;
  return offsetOf(zone) ?? spelled[name] ?? name.replaceAll('_', ' ');
}

/**
 * A zone as people know it: 'New York time', and with the abbreviation of its clocks 'New York time
 * (EDT)'. Never an offset such as GMT-5, except for the few zones that are nothing else.
 */
export function writeZone(zone: string, language: Language, abbreviation?: string | null): string {
  const place = placeOf(zone);
  // Names such as 'UTC', 'CET' and 'UTC−5' are no places.
  if (/^[A-Z\d]{3,}(−|\+|$)/.test(place)) return place;
  const short = abbreviation && (abbreviations[language]?.[abbreviation] ?? abbreviation);
  switch (language) {
    case 'en':
      return short ? `${place} time (${short})` : `${place} time`;
    case 'de':
      return short ? `Ortszeit ${place} (${short})` : `Ortszeit ${place}`;
    case 'es':
      return short ? `hora de ${place} (${short})` : `hora de ${place}`;
    case 'ja':
      return short ? `${place}時間（${short}）` : `${place}時間`;
  }
}

/** 'UTC−5' of 'Etc/GMT+5': POSIX counts such names to the west. */
function offsetOf(zone: string): string | null {
  if (/^(Etc\/)?(UTC|UCT|Zulu|Universal|GMT[+-]?0)$/.test(zone)) return 'UTC';
  const [, sign, hours = ''] = /^Etc\/GMT([+-])(\d{1,2})$/.exec(zone) ?? [];
  return sign ? `UTC${sign === '+' ? '−' : '+'}${hours}` : null;
}

/** Cities whose zone is spelled without their accents and stops. */
const spelled: Partial<Record<string, string>> = {
  Asuncion: 'Asunción',
  Belem: 'Belém',
  Bogota: 'Bogotá',
  Cancun: 'Cancún',
  Chisinau: 'Chișinău',
  Cordoba: 'Córdoba',
  Cuiaba: 'Cuiabá',
  Curacao: 'Curaçao',
  Maceio: 'Maceió',
  Mazatlan: 'Mazatlán',
  Merida: 'Mérida',
  Noumea: 'Nouméa',
  Reunion: 'Réunion',
  Santarem: 'Santarém',
  Sao_Paulo: 'São Paulo',
  Sao_Tome: 'São Tomé',
  St_Johns: 'St. John’s',
  St_Kitts: 'St. Kitts',
  St_Lucia: 'St. Lucia',
  St_Thomas: 'St. Thomas',
  St_Vincent: 'St. Vincent',
  Zurich: 'Zürich',
};

const abbreviations: Partial<Record<Language, Partial<Record<string, string>>>> = {
  de: { WET: 'WEZ', WEST: 'WESZ', CET: 'MEZ', CEST: 'MESZ', EET: 'OEZ', EEST: 'OESZ' },
};
