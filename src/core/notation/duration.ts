import type { Language } from './languages';

const minuteMs = 60_000;

/** A time in the units that are shown; null for seconds that are not. */
export interface Duration {
  hours: number;
  minutes: number;
  seconds: number | null;
}

/** Hours and minutes, rounded up: a pass that is valid for another second has a minute left. */
export function hoursAndMinutes(ms: number): Duration {
  const minutes = Math.max(0, Math.ceil(ms / minuteMs));
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60, seconds: null };
}

/** '9 h 9 min', '1 min 5 s', in Japanese '9時間9分'. What is zero is left out: '5 h', '0 min'. */
export function writeDuration({ hours, minutes, seconds }: Duration, language: Language): string {
  const { hour, minute, second, between } = marks[language];
  const parts = [];
  if (hours > 0) parts.push(`${hours}${hour}`);
  if (minutes > 0) parts.push(`${minutes}${minute}`);
  if (seconds !== null && (seconds > 0 || parts.length === 0)) parts.push(`${seconds}${second}`);
  return parts.join(between) || `0${minute}`;
}

/** The symbols of the units, which need no plural and are the same in our languages of Latin letters. */
const symbols = { hour: ' h', minute: ' min', second: ' s', between: ' ' };

const marks: Record<Language, typeof symbols> = {
  en: symbols,
  de: symbols,
  es: symbols,
  ja: { hour: '時間', minute: '分', second: '秒', between: '' },
};

const dayMinutes = 24 * 60;

/** How old something is, in its largest unit, rounded down: '3 days', '5 h', '0 min'. */
export function writeAge(ms: number, language: Language): string {
  const minutes = Math.max(0, Math.floor(ms / minuteMs));
  if (minutes < 60) return writeDuration({ hours: 0, minutes, seconds: null }, language);
  const hours = Math.floor(minutes / 60);
  if (minutes < dayMinutes) return writeDuration({ hours, minutes: 0, seconds: null }, language);
  const days = Math.floor(minutes / dayMinutes);
  const [one, several] = dayNames[language];
  return `${days}${days === 1 ? one : several}`;
}

/** Beside the symbols, because the gate shows no days and must stay small. */
const dayNames: Record<Language, readonly [one: string, several: string]> = {
  en: [' day', ' days'],
  de: [' Tag', ' Tage'],
  es: [' día', ' días'],
  ja: ['日', '日'],
};
