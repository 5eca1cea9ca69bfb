/** The content of a mail, before it is text or HTML. */
export interface MailWords {
  /** The language tag of the texts. */
  language: string;
  /** Whose mail it is: the name above the text. */
  sender: string;
  subject: string;
  greeting: string;
  paragraphs: readonly string[];
  /** The one action; null if the mail asks for nothing. */
  action: { label: string; link: string } | null;
  closing: readonly string[];
}

/** To a person who was invited as an agent. */
export function invitationMail(about: {
  agentName: string;
  accountName: string;
  link: string;
  /** The end of the link, as people write it. */
  until: string;
}): MailWords {
  const { agentName, accountName, link, until } = about;
  return {
    language: 'en',
    sender: accountName,
    subject: `${accountName} invites you to its service desk`,
    greeting: `Hello ${agentName},`,
    paragraphs: [
      `${accountName} has added you as an agent of its service desk.`,
      'Activate your account to be able to sign in:',
    ],
    action: { label: 'Activate your account', link },
    closing: [
      `The link works once, until ${until}. After that, ask an administrator of ${accountName} for a new one.`,
      'If you did not expect this mail, ignore it: without the link nobody becomes an agent.',
    ],
  };
}
