import { readJson } from './read-json';

/** A mail of a development, which was not sent. */
export interface DevMail {
  id: string;
  recipient: string;
  subject: string;
  text: string;
  sentAt: string;
}

/** The newest mails of all accounts. */
export async function readDevMails(signal: AbortSignal): Promise<DevMail[]> {
  return (await readJson<{ mails: DevMail[] }>('dev/mails', { signal })).mails;
}
