/** A mail to one person. */
export interface Mail {
  /** The id of the act that it reports: if the mail is sent again, it has the same Message-ID. */
  id: string;
  accountId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  attachments?: readonly Attachment[];
}

/** A file of a mail. */
export interface Attachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** Sends mails. Rejects if the mail was not accepted; it may then be sent again. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  /** Ends the mails that are being sent: the connection has failed and may never answer. */
  abandon?(): void;
}
