import type { FastifyInstance } from 'fastify';
import type { DevInbox } from '../../mail/dev-inbox';
import type { SendPage } from './pages';

/**
 * `/dev/inbox`: the mails of a development without SMTP, and `/dev/mails`, which the page reads.
 * Production has neither.
 */
export function addDevInbox(app: FastifyInstance, inbox: DevInbox, sendPage: SendPage): void {
  app.get('/dev/inbox', async (_request, reply) => sendPage(reply));
  app.get('/dev/mails', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    return { mails: await inbox.newest() };
  });
}
