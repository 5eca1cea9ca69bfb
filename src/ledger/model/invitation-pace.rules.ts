import type { InvitationMails } from './ledger';

/** Mails with a link that an account sends in 24 hours: more than a service desk has agents to invite. */
export const mailsPerDay = 500;
const dayMs = 86_400_000;
/** Between two mails to one address. */
export const addressEveryMs = 60_000;

/**
 * When the next mail to the address may be sent: at once, or as soon as it is one of 500 within any 24
 * hours and a minute after the last one to that address. Mails that still wait count like those sent.
 */
export function nextMailAtMs(
  { newestFirst, lastTo }: InvitationMails,
  address: string,
  nowMs: number,
): number {
  const [before, last] = [newestFirst[mailsPerDay - 1], lastTo.get(address)];
  return Math.max(
    nowMs,
    before === undefined ? nowMs : before + dayMs,
    last === undefined ? nowMs : last + addressEveryMs,
  );
}

/** The mails, with one added. */
export function withMail(
  { newestFirst, lastTo }: InvitationMails,
  { address, sendAtMs }: { address: string; sendAtMs: number },
): InvitationMails {
  const all = [...newestFirst, sendAtMs].sort((a, b) => b - a);
  const last = Math.max(sendAtMs, lastTo.get(address) ?? sendAtMs);
  return {
    newestFirst: all.slice(0, mailsPerDay),
    lastTo: new Map(lastTo).set(address, last),
  };
}
