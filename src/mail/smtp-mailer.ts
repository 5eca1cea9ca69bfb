import { createTransport } from 'nodemailer';
import type { Mail, Mailer } from './mailer';

/** Bounds on each step of a conversation; together below what a draining process waits for. */
const boundsMs = { dnsTimeout: 3_000, connectionTimeout: 5_000, greetingTimeout: 5_000 };
const silenceMaxMs = 8_000;

/** Hands mails to a server by SMTP, a connection for each: they are few. */
export class SmtpMailer implements Mailer {
  private readonly transport;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    this.transport = createTransport({
      url,
      ...boundsMs,
      socketTimeout: silenceMaxMs,
      // A mail is made of our own words alone: nothing in it names a file or an address to fetch.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send({ id, to, subject, text, html }: Mail): Promise<void> {
    await this.transport.sendMail({
      from: this.from,
      to,
      subject,
      text,
      html,
      messageId: `<${id}@daypass>`,
      // Holiday notices in answer to a machine help nobody.
      headers: { 'auto-submitted': 'auto-generated' },
    });
  }
}
