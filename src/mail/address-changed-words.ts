import type { MailWords } from './words';

/** To the old address of an agent whose address was changed. It does not name the new one. */
export function addressChangedMail(
  language: string,
  about: { agentName: string; accountName: string },
): MailWords {
  const words = byLanguage[language] ?? byLanguage.en!;
  return words(about);
}

type Words = (about: { agentName: string; accountName: string }) => MailWords;

const byLanguage: Record<string, Words> = {
  en: ({ agentName, accountName }) => ({
    language: 'en',
    sender: accountName,
    subject: `Your address at the service desk of ${accountName} was changed`,
    greeting: `Hello ${agentName},`,
    paragraphs: [
      `An administrator of ${accountName} changed the e-mail address of your account at its service desk. You can no longer sign in with this address.`,
      `If you did not expect this, tell an administrator of ${accountName}.`,
    ],
    action: null,
    closing: [],
  }),
  de: ({ agentName, accountName }) => ({
    language: 'de',
    sender: accountName,
    subject: `Ihre Adresse beim Servicedesk von ${accountName} wurde geändert`,
    greeting: `Guten Tag ${agentName},`,
    paragraphs: [
      `Die E-Mail-Adresse Ihres Kontos beim Servicedesk von ${accountName} wurde von der Administration geändert. Mit dieser Adresse können Sie sich nicht mehr anmelden.`,
      `Wenn Sie das nicht erwartet haben, wenden Sie sich an die Administration von ${accountName}.`,
    ],
    action: null,
    closing: [],
  }),
  es: ({ agentName, accountName }) => ({
    language: 'es',
    sender: accountName,
    subject: `Se ha cambiado su dirección en el servicio de asistencia de ${accountName}`,
    greeting: `Hola, ${agentName}:`,
    paragraphs: [
      `Un administrador de ${accountName} ha cambiado la dirección de correo de su cuenta en el servicio de asistencia. Ya no puede iniciar sesión con esta dirección.`,
      `Si no lo esperaba, avise a un administrador de ${accountName}.`,
    ],
    action: null,
    closing: [],
  }),
  ja: ({ agentName, accountName }) => ({
    language: 'ja',
    sender: accountName,
    subject: `${accountName} のサービスデスクで、メールアドレスが変更されました`,
    greeting: `${agentName} 様`,
    paragraphs: [
      `${accountName} の管理者が、サービスデスクのお客様のアカウントのメールアドレスを変更しました。このアドレスではサインインできなくなりました。`,
      `お心当たりがない場合は、${accountName} の管理者にご連絡ください。`,
    ],
    action: null,
    closing: [],
  }),
};
