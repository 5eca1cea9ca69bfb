import type { DataSource } from 'typeorm';
import type { Config } from '../core/config';
import type { Log } from '../core/log';
import { DevInbox } from '../mail/dev-inbox';
import { noMailer, type Mailer } from '../mail/mailer';
import { SmtpMailer } from '../mail/smtp-mailer';

/** How mails leave: by SMTP where it is set; else into a development's inbox; in production not at all. */
export function mailWay(
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'production'>,
  source: DataSource,
  log: Log,
): { mailer: Mailer; inbox: DevInbox | null } {
  if (config.smtpUrl) {
    return { mailer: new SmtpMailer(config.smtpUrl, config.mailFrom), inbox: null };
  }
  if (config.production) {
    log.warn('SMTP_URL is not set: no mail can be sent. Invitations wait as jobs until it is.');
    return { mailer: noMailer, inbox: null };
  }
  const inbox = new DevInbox(source);
  return { mailer: inbox, inbox };
}
