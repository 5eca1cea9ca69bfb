import { readLocal, writeLocal } from '../dates/local';
import { partsOf } from './clock';
import type { Language } from './words';

/** A time as the service has written it for the agent's zone: 'Tue, 24 Nov, 00:00 GMT-3'. */
export function writeTime(local: string, language: Language): string {
  return writeLocal(readLocal(local), tagOf(language), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** What is left, in hours and minutes: '5 hr 12 min'. */
export function writeLeft(leftMs: number, language: Language): string {
  const { hours, minutes, seconds } = partsOf(leftMs);
  const write = (value: number, unit: string) =>
    new Intl.NumberFormat(tagOf(language), { style: 'unit', unit, unitDisplay: 'short' }).format(
      value,
    );
  const said = [];
  if (hours > 0) said.push(write(hours, 'hour'));
  if (minutes > 0) said.push(write(minutes, 'minute'));
  if (seconds !== null && (seconds > 0 || minutes === 0)) said.push(write(seconds, 'second'));
  return said.join(' ') || write(0, 'minute');
}

/** A price as the service writes it in the notice: its currency's code, as a symbol may be of several. */
export function writePrice(
  { amount, currency }: { amount: string; currency: string },
  language: Language,
): string {
  return language === 'de' || language === 'es'
    ? `${amount.replace('.', ',')} ${currency}`
    : `${currency} ${amount}`;
}

/** English as most of the world writes its dates. */
function tagOf(language: Language): string {
  return language === 'en' ? 'en-GB' : language;
}
