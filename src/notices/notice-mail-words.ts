import type { Language } from '../core/notation/languages';
import type { MailWords } from '../mail/words';
import type { Notice } from './notice';
import { noticeWords } from './notice-kinds';

/** The mail of a notice to one person. */
export function noticeMail(
  notice: Notice,
  { locale, name, publicUrl }: { locale: string; name: string; publicUrl: string },
): MailWords {
  const { language, subject, sentence, linkText, linkPath } = noticeWords(notice, locale);
  const { greeting, why } = around[language];
  const account = notice.names.account;
  return {
    language,
    sender: account,
    subject: withoutLinks(subject),
    greeting: greeting(name),
    paragraphs: [withoutLinks(sentence)],
    action: { label: linkText, link: `${publicUrl}${linkPath}` },
    closing: [notice.agentId === null ? why.admin(account) : why.agent(account)],
  };
}

/** Mail programs make a link of every URL, and names and reasons are free text. */
function withoutLinks(text: string): string {
  return text.replaceAll('://', ': //');
}

interface Around {
  greeting: (name: string) => string;
  /** Why the receiver gets the mail, and how to change that. */
  why: { admin: (account: string) => string; agent: (account: string) => string };
}

const around: Record<Language, Around> = {
  en: {
    greeting: (name) => `Hello ${name},`,
    why: {
      admin: (account) =>
        `You receive this mail because you are an account admin of ${account}. In your notification settings you choose which mails you receive.`,
      agent: (account) =>
        `You receive this mail because you are an agent of ${account}. In your notification settings you choose which mails you receive.`,
    },
  },
  de: {
    greeting: (name) => `Guten Tag ${name},`,
    why: {
      admin: (account) =>
        `Sie erhalten diese E-Mail, weil Sie ${account} administrieren. In Ihren Benachrichtigungseinstellungen wählen Sie, welche E-Mails Sie erhalten.`,
      agent: (account) =>
        `Sie erhalten diese E-Mail, weil Sie ein Agent von ${account} sind. In Ihren Benachrichtigungseinstellungen wählen Sie, welche E-Mails Sie erhalten.`,
    },
  },
  es: {
    greeting: (name) => `Hola, ${name}:`,
    why: {
      admin: (account) =>
        `Recibe este correo porque administra la cuenta de ${account}. En sus ajustes de notificaciones elige qué correos recibe.`,
      agent: (account) =>
        `Recibe este correo porque es agente de ${account}. En sus ajustes de notificaciones elige qué correos recibe.`,
    },
  },
  ja: {
    greeting: (name) => `${name} 様`,
    why: {
      admin: (account) =>
        `このメールは、${account} のアカウント管理者に送信しています。受け取るメールは通知設定で選べます。`,
      agent: (account) =>
        `このメールは、${account} のエージェントに送信しています。受け取るメールは通知設定で選べます。`,
    },
  },
};
