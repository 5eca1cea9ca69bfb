import type { Mail, Mailer } from './mailer';

/** Older ones are thrown away, account by account. */
const keptMax = 100;
const shownMax = 50;

/** A mail that went nowhere. */
export interface InboxMail {
  id: string;
  recipient: string;
  subject: string;
  text: string;
  sentAt: Date;
}

interface Runs {
  query(sql: string, parameters: unknown[]): Promise<unknown>;
}

/**
 * Stores the mails of a development without SMTP, without their attachments. They are in the database, because the replica
 * that runs the job may be another one than the replica that the browser asks.
 */
export class DevInbox implements Mailer {
  constructor(private readonly db: Runs) {}

  async send({ id, accountId, to, subject, text, html }: Mail): Promise<void> {
    await this.db.query(
      `insert into dev_mails (account_id, id, recipient, subject, body_text, body_html, sent_at)
       values ($1, $2, $3, $4, $5, $6, clock_timestamp()) on conflict (account_id, id) do nothing`,
      [accountId, id, `${to.name} <${to.address}>`, subject, text, html],
    );
    await this.db.query(
      `delete from dev_mails where account_id = $1 and id not in (
         select id from dev_mails where account_id = $1 order by sent_at desc limit ${keptMax})`,
      [accountId],
    );
  }

  /** The newest of all accounts. */
  async newest(): Promise<InboxMail[]> {
    const rows = await this.db.query(
      `/* every shard: mails of a developer */
       select id, recipient, subject, body_text as text, sent_at as "sentAt" from dev_mails
       order by sent_at desc limit ${shownMax}`,
      [],
    );
    return rows as InboxMail[];
  }
}
