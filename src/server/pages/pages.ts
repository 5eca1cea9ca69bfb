import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import type { ProviderSignIn } from '../../access/provider-sign-in';
import type { Config } from '../../core/config';
import { BuiltFiles } from './built-files';
import { guardPage } from './page-policy';
import type { Callers } from '../doors/callers';

/** Every address at which the pages' own script decides what is shown. */
const addresses = ['/', '/sign-in', '/activate', '/portal', '/portal/*', '/admin', '/admin/*'];
const yearSeconds = 31_536_000;

/** Answers the page, at an address that another route serves. */
export type SendPage = (reply: FastifyReply) => FastifyReply;

/**
 * The portal and the dashboard, at `/`. The page is the same for everybody and contains no data:
 * the user signs in, and the page's script calls the API like any other client.
 */
export function addPages(
  app: FastifyInstance,
  {
    config,
    signIn,
    callers,
  }: {
    config: Pick<Config, 'publicUrl' | 'localIssuer' | 'devPages' | 'introspection'>;
    signIn: ProviderSignIn;
    callers: Pick<Callers, 'addressUsed'>;
  },
): SendPage {
  const top = new BuiltFiles('app');
  const assets = new BuiltFiles('app/assets');
  // Choosing a demo user needs no proof of identity: never in production, whatever the settings
  // say.
  const people = config.localIssuer && config.devPages ? ['people'] : [];
  const offers = config.localIssuer ? [...people, 'bearer'] : [];
  const publicBase =
    config.publicUrl && `${new URL(config.publicUrl).pathname}/`.replace('//', '/');
  const page = top
    .text('index.html')
    .replace('{{offers}}', offers.join(' '))
    .replace('{{explorer}}', config.introspection ? 'graphiql' : '');

  const send = (reply: FastifyReply, connectTo: readonly string[] = []) => {
    const base = publicBase ?? callers.addressUsed(reply.request.raw)?.basePath ?? '/';
    const nonce = randomBytes(16).toString('base64');
    return guardPage(reply, { nonce, connectTo })
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.replace('{{base}}', base).replaceAll('{{nonce}}', nonce));
  };
  for (const address of addresses) app.get(address, async (_request, reply) => send(reply));

  // The return page of a sign-in: only this page may also call the account's identity providers,
  // for the token.
  app.get<{ Params: { account: string } }>('/signed-in/:account', async (request, reply) => {
    const providers = await signIn.offered(request.params.account);
    const tokenEndpoints = providers.flatMap(({ documents }) => documents?.tokenEndpoint ?? []);
    return send(
      reply,
      tokenEndpoints.map((address) => new URL(address).origin),
    );
  });

  app.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
    const { name } = request.params;
    if (!assets.has(name)) return reply.callNotFound();
    // Its name contains the hash of its content.
    reply.header('cache-control', `public, max-age=${yearSeconds}, immutable`);
    return assets.send(request, reply, name);
  });
  app.get('/color-scheme.js', async (request: FastifyRequest, reply) =>
    top.send(request, reply.header('cache-control', 'no-cache'), 'color-scheme.js'),
  );
  return (reply) => send(reply);
}
