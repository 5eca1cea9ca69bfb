import type { Money } from '../ledger/model/ledger';
import { wallClock } from '../time/local-day';
import type { DenialReason } from './gate.rules';
import { writeDate } from '../core/notation/date';
import type { Language } from '../core/notation/languages';
import { writeMinor } from '../core/notation/money';
import { writeZone } from '../core/notation/zone';

/** The content of a notice. A `Confirmation` has all of it, so the notice can be written again. */
export interface NoticeFacts {
  language: Language;
  /** The agent's IANA zone, in the zone database's own spelling. */
  timeZone: string;
  /**
   * When access would end; shown as the clock in `timeZone` shows it, because a day may begin at
   * 01:00.
   */
  passExpiresAtMs: number;
  /** The date that the pass is for, YYYY-MM-DD in `timeZone`. */
  localDate: string;
  /** Without tax; null if no price applies, and the notice names none. */
  price: Money | null;
  /** Whether the pass would be from the emergency allowance of an empty wallet. */
  emergency: boolean;
}

/**
 * The sentence that is shown before Proceed and stored as the agent's consent. The same facts give
 * the same text on every machine. Throws an Error for a zone that the zone database does not list.
 */
export function renderNotice(facts: NoticeFacts): string {
  const { language, timeZone, price, emergency } = facts;
  const end = wallClock(facts.passExpiresAtMs, timeZone);
  const words = noticeWords[language];
  const said = [
    words.use(writeDate(facts.localDate, language)),
    words.until(writeDate(end.localDate, language), end.time, writeZone(timeZone, language)),
  ];
  if (price) said.push(words.price(writeMinor(price, language)));
  if (emergency) said.push(words.emergency);
  // Japanese puts no space between sentences.
  return said.join(language === 'ja' ? '' : ' ');
}

/** Why access is denied, and what to do about it. */
export function denialMessage(reason: DenialReason, language: Language): string {
  return denials[language][reason];
}

interface NoticeWords {
  use: (date: string) => string;
  until: (date: string, time: string, zone: string) => string;
  price: (price: string) => string;
  emergency: string;
}

const noticeWords: Record<Language, NoticeWords> = {
  en: {
    use: (date) => `Entering the agent portal uses one day pass for ${date}.`,
    until: (date, time, zone) => `You will have access until ${time} on ${date} (${zone}).`,
    price: (price) => `Price: ${price} without tax.`,
    emergency: 'The wallet is empty: this is an emergency pass.',
  },
  de: {
    use: (date) => `Der Eintritt in das Agentenportal verbraucht einen Tagespass für den ${date}.`,
    until: (date, time, zone) => `Sie haben Zugang bis zum ${date}, ${time} Uhr (${zone}).`,
    price: (price) => `Preis: ${price} ohne Steuern.`,
    emergency: 'Das Guthaben ist leer: Dies ist ein Notfallpass.',
  },
  es: {
    use: (date) => `Entrar en el portal de agentes consume un pase de un día para el ${date}.`,
    until: (date, time, zone) => `Tendrá acceso hasta el ${date}, ${time} h (${zone}).`,
    price: (price) => `Precio: ${price} sin impuestos.`,
    emergency: 'El monedero está vacío: este es un pase de emergencia.',
  },
  ja: {
    use: (date) => `エージェントポータルに入ると、${date}のデイパスを1枚使用します。`,
    until: (date, time, zone) => `${date} ${time}（${zone}）まで利用できます。`,
    price: (price) => `価格：${price}（税抜）。`,
    emergency: 'ウォレットの残高がないため、緊急用のデイパスになります。',
  },
};

const denials: Record<Language, Record<DenialReason, string>> = {
  en: {
    NOT_AN_AGENT:
      'The agent portal is for agents. You can follow your own tickets in the contact portal.',
    AGENT_NOT_ACTIVE:
      'You are not an active agent. If you were invited, open the link in your invitation; otherwise ask an administrator to reactivate you.',
    SECTION_NOT_PERMITTED:
      'You may not use this part of the service desk. Ask an administrator to add it to your sections.',
    SESSION_NOT_PERMITTED:
      'Day passes cannot be used on this page. Sign in to the agent portal itself and use one there.',
    TICKET_NOT_FOUND:
      'This ticket was not found. Check the link, or ask the person who sent it to you. No day pass was used.',
    WALLET_FROZEN:
      'The wallet is frozen, so no day pass can be used now. Ask an administrator to unfreeze it.',
    ACCOUNT_CLOSED:
      'This service desk was closed, so its agent portal is closed too. If that is a mistake, ask an administrator.',
    WALLET_EMPTY: 'No day passes are left. Ask an administrator to buy more, then try again.',
  },
  de: {
    NOT_AN_AGENT:
      'Das Agentenportal ist für Agenten. Ihre eigenen Tickets finden Sie im Kontaktportal.',
    AGENT_NOT_ACTIVE:
      'Sie sind kein aktiver Agent. Wenn Sie eingeladen wurden, öffnen Sie den Link in der Einladung; andernfalls bitten Sie einen Administrator, Sie wieder zu aktivieren.',
    SECTION_NOT_PERMITTED:
      'Sie dürfen diesen Bereich des Service-Desks nicht nutzen. Bitten Sie einen Administrator, ihn für Sie freizugeben.',
    SESSION_NOT_PERMITTED:
      'Auf dieser Seite kann kein Tagespass verbraucht werden. Melden Sie sich im Agentenportal selbst an und verwenden Sie dort einen.',
    TICKET_NOT_FOUND:
      'Dieses Ticket wurde nicht gefunden. Prüfen Sie den Link oder fragen Sie, wer ihn Ihnen geschickt hat. Es wurde kein Tagespass verbraucht.',
    WALLET_FROZEN:
      'Das Guthaben ist gesperrt, daher kann gerade kein Tagespass verbraucht werden. Bitten Sie einen Administrator, es freizugeben.',
    ACCOUNT_CLOSED:
      'Dieser Service-Desk wurde geschlossen. Das Agentenportal ist nicht mehr zugänglich. Fragen Sie einen Administrator, wenn es offen sein sollte.',
    WALLET_EMPTY:
      'Es sind keine Tagespässe mehr da. Bitten Sie einen Administrator, welche zu kaufen, und versuchen Sie es dann erneut.',
  },
  es: {
    NOT_AN_AGENT:
      'El portal de agentes es para agentes. Puede seguir sus propios tickets en el portal de contactos.',
    AGENT_NOT_ACTIVE:
      'Usted no es un agente activo. Si recibió una invitación, abra su enlace; si no, pida a un administrador que lo reactive.',
    SECTION_NOT_PERMITTED:
      'No puede usar esta parte de la mesa de servicio. Pida a un administrador que la añada a sus secciones.',
    SESSION_NOT_PERMITTED:
      'En esta página no se puede consumir ningún pase. Inicie sesión en el propio portal de agentes y úselo allí.',
    TICKET_NOT_FOUND:
      'No se encontró este ticket. Revise el enlace o pregunte a quien se lo envió. No se consumió ningún pase.',
    WALLET_FROZEN:
      'El monedero está bloqueado y por ahora no se puede consumir ningún pase. Pida a un administrador que lo desbloquee.',
    ACCOUNT_CLOSED:
      'Esta mesa de servicio se ha cerrado y su portal de agentes ya no está disponible. Pregunte a un administrador si debería estar abierto.',
    WALLET_EMPTY:
      'No quedan pases de un día. Pida a un administrador que compre más y vuelva a intentarlo.',
  },
  ja: {
    NOT_AN_AGENT:
      'エージェントポータルはエージェント専用です。ご自身のチケットは問い合わせ者用ポータルで確認できます。',
    AGENT_NOT_ACTIVE:
      'エージェントとして有効になっていません。招待を受けている場合は招待メールのリンクを開き、それ以外の場合は管理者に再有効化を依頼してください。',
    SECTION_NOT_PERMITTED:
      'サービスデスクのこの部分を利用する権限がありません。管理者に追加を依頼してください。',
    SESSION_NOT_PERMITTED:
      'このページではデイパスを使用できません。エージェントポータルに直接サインインして使用してください。',
    TICKET_NOT_FOUND:
      'このチケットは見つかりませんでした。リンクを確認するか、送信者にお問い合わせください。デイパスは使用されていません。',
    WALLET_FROZEN:
      'ウォレットが凍結されているため、現在デイパスを使用できません。管理者に解除を依頼してください。',
    ACCOUNT_CLOSED:
      'このサービスデスクは閉鎖されたため、エージェントポータルは利用できません。誤りと思われる場合は管理者にお問い合わせください。',
    WALLET_EMPTY: 'デイパスが残っていません。管理者に購入を依頼してから、もう一度お試しください。',
  },
};
