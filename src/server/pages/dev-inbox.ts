import type { FastifyInstance } from 'fastify';
import type { DevInbox, InboxMail } from '../../mail/dev-inbox';
import { escapeHtml } from '../../mail/render-mail';
import { sendPage } from './page';

/** `/dev/inbox`: the mails of a development that has no SMTP. Production has no such page. */
export function addDevInboxRoute(app: FastifyInstance, inbox: DevInbox): void {
  app.get('/dev/inbox', async (_request, reply) => {
    const mails = await inbox.newest();
    const list = mails.length > 0 ? mails.map(article).join('\n') : '<p>No mails yet.</p>';
    return sendPage(reply, {
      title: 'Daypass dev inbox',
      body: `<h1>Dev inbox</h1>\n<p>SMTP_URL is not set, so mails are kept here instead.</p>\n${list}`,
    });
  });
}

function article({ recipient, subject, text, sentAt }: InboxMail): string {
  // The text is escaped already; a word that begins like a link is a link.
  const body = escapeHtml(text).replace(
    /https?:\/\/\S+/g,
    (link) => `<a href="${link}">${link}</a>`,
  );
  const head = `${escapeHtml(recipient)} · ${sentAt.toISOString()}`;
  return `<article><h2>${escapeHtml(subject)}</h2><p>${head}</p><pre>${body}</pre></article>`;
}
