import type { DataSource } from 'typeorm';
import type { Config } from '../core/config';
import type { Log } from '../core/log';
import { DevInbox } from '../mail/dev-inbox';
import type { Mailer } from '../mail/mailer';

/**
 * How mails are sent: by SMTP if SMTP_URL is set, otherwise into the inbox of a development.
 * Production without SMTP sends none: its mails wait as jobs until a process with SMTP takes them.
 */
export async function mailWay(
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'production'>,
  source: DataSource,
  log: Log,
): Promise<{ mailer: Mailer | null; inbox: DevInbox | null }> {
  if (config.smtpUrl) {
    // Loaded only here: a process without SMTP does not need the library.
    const { SmtpMailer } = await import('../mail/smtp-mailer');
    return { mailer: new SmtpMailer(config.smtpUrl, config.mailFrom), inbox: null };
  }
  if (config.production) {
    log.warn(
      'SMTP_URL is not set: this process sends no mails, and invitations wait for a process that does',
    );
    return { mailer: null, inbox: null };
  }
  const inbox = new DevInbox(source);
  return { mailer: inbox, inbox };
}
