import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  from: string;
  to: string[];
  messageId: string;
  subject: string;
  /** Everything, decoded as far as our own mails are encoded. */
  source: string;
}

/** A real SMTP server on this machine, which can be set to refuse. */
export interface MailServer {
  url: string;
  received: readonly ReceivedMail[];
  /** How many mails were refused. */
  refusals: number;
  /** So many of the next mails are refused for now (451). */
  refuseNext(count: number): void;
  /** Resolves with the first mail to that address, also one that came already. */
  mailTo(address: string): Promise<ReceivedMail>;
  stop(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  let refusalsLeft = 0;
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, answer) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusalsLeft > 0) {
          refusalsLeft -= 1;
          server.refusals += 1;
          return answer(Object.assign(new Error('Try again later'), { responseCode: 451 }));
        }
        const { mailFrom, rcptTo } = session.envelope;
        const source = decoded(Buffer.concat(chunks).toString('utf8'));
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          messageId: /^Message-ID: (.*)$/im.exec(source)?.[1]?.trim() ?? '',
          subject: /^Subject: (.*(?:\r\n .*)*)/im.exec(source)?.[1]?.replace(/\r\n /g, ' ') ?? '',
          source,
        });
        answer();
        for (const look of waiting) look();
      });
    },
  });
  smtp.on('error', () => {});
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  const server: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refusals: 0,
    refuseNext: (count) => void (refusalsLeft = count),
    mailTo: (address) =>
      new Promise((resolve) => {
        const look = () => {
          const mail = received.find(({ to }) => to.includes(address));
          if (!mail) return;
          waiting.delete(look);
          resolve(mail);
        };
        waiting.add(look);
        look();
      }),
    stop: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
  return server;
}

/** Decodes quoted-printable: an encoded line that was folded is one line again. */
function decoded(source: string): string {
  return source
    .replace(/=\r\n/g, '')
    .replace(/(?:=[0-9A-F]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'),
    );
}
