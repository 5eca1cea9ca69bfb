import { createTransport } from 'nodemailer';
import { canonicalAddress, readMailbox } from '../core/mailbox';
import type { Mail, Mailer } from './mailer';
import { oneLine } from './render-mail';

/** Bounds on each step of a conversation; together below what a draining process waits for. */
const boundsMs = { dnsTimeout: 3_000, connectionTimeout: 5_000, greetingTimeout: 5_000 };
const silenceMaxMs = 8_000;
/** For a whole conversation: a server that sends something now and then is not silent. */
const conversationMaxMs = 60_000;

/** Hands mails to a server by SMTP, a connection for each: they are few. */
export class SmtpMailer implements Mailer {
  private readonly transport;
  private readonly from: { name: string; address: string };
  private abandoned = new AbortController();

  /** `from` is an address, or `Name <address>`. */
  constructor(url: string, from: string) {
    this.from = readMailbox(from) ?? { name: '', address: from };
    this.transport = createTransport({
      url,
      ...boundsMs,
      socketTimeout: silenceMaxMs,
      // A mail has only our own texts and bytes: nothing in it names a file or an address to fetch.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /** Both mailboxes are objects, also in the envelope: nodemailer parses a text, and finds others in it. */
  async send({ id, to, subject, text, html, attachments = [] }: Mail): Promise<void> {
    if (canonicalAddress(to.address) !== to.address) {
      throw new Error('A mail is not addressed to exactly one mailbox.');
    }
    const { from } = this;
    const recipient = { name: oneLine(to.name), address: to.address };
    const mail = {
      from,
      to: recipient,
      envelope: { from: { ...from, name: '' }, to: { ...recipient, name: '' } },
      subject,
      text,
      html,
      attachments: attachments.map((file) => ({ ...file })),
      messageId: `<${id}@daypass>`,
      // Holiday notices as an answer to a machine help nobody.
      headers: { 'auto-submitted': 'auto-generated' },
      signal: AbortSignal.any([this.abandoned.signal, AbortSignal.timeout(conversationMaxMs)]),
    };
    await this.transport.sendMail(mail);
  }

  /** As far as is known here, the mails that are being sent were not accepted: they are sent again. */
  abandon(): void {
    this.abandoned.abort();
    this.abandoned = new AbortController();
  }
}
