import type { DataSource } from 'typeorm';
import type { Config } from '../core/config';
import type { Log } from '../core/log';
import { DevInbox } from '../mail/dev-inbox';
import type { Mailer } from '../mail/mailer';
import { SmtpMailer } from '../mail/smtp-mailer';

/**
 * How mails leave: by SMTP where it is set, else into a development's inbox. Production without SMTP has
 * no way: its mails wait as jobs, untried, until a process that has one takes them.
 */
export function mailWay(
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'production'>,
  source: DataSource,
  log: Log,
): { mailer: Mailer | null; inbox: DevInbox | null } {
  if (config.smtpUrl) {
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
