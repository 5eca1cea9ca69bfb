/** A mail to one person. */
export interface Mail {
  /** Of what it tells of: a mail that is sent again has the same Message-ID. */
  id: string;
  accountId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}

/** A way for mails to leave. Rejects where the mail has not been taken: then it may be sent again. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  /** Ends what is under way: the way has failed, and may never answer. */
  abandon?(): void;
}
