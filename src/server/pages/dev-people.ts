import type { FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { signBearer } from '../../access/bearer-token';
import { findAccountBySlug, listAccounts } from '../../accounts/account.queries';
import { listAgents } from '../../agents/agent.queries';
import type { DomainError } from '../../core/domain-error';
import type { DatabaseClock } from '../../db/database-clock';
import type { Secrets } from '../../db/secrets';
import { HttpRefusal } from '../doors/http-policy';
import { peopleToPlay } from './people-to-play';

const lifetimeMs = 12 * 3_600_000;
/** The number of accounts that are offered. */
const accountsMax = 20;

const asked = z.object({ account: z.string().max(200), email: z.string().max(320) });

/**
 * `/dev/people` and `/dev/sign-in`: in a development, a sign-in as one of the offered demo users,
 * without a proof of identity. Production never has these routes.
 */
export function addDevPeople(
  app: FastifyInstance,
  { source, secrets, clock }: { source: DataSource; secrets: Secrets; clock: DatabaseClock },
): void {
  app.get('/dev/people', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    const accounts = await listAccounts(source, accountsMax);
    return {
      accounts: await Promise.all(
        accounts.map(async ({ id, slug, name, sandbox }) => {
          const people = await peopleToPlay(source, id);
          return {
            slug,
            name,
            sandbox,
            people: people.map(({ role, name, email }) => ({ role, name, email })),
          };
        }),
      ),
    };
  });

  app.post('/dev/sign-in', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { data } = asked.safeParse(request.body);
    const account = data && (await findAccountBySlug(source, data.account));
    const agentId = account && (await findAgentId(source, account.id, data.email));
    if (!account || agentId === undefined) throw notThere();
    const { email } = data;
    const bearer = await signBearer(
      { accountId: account.id, agentId, email },
      { key: secrets.localIssuer, nowMs: clock.nowMs(), lifetimeMs },
    );
    return { bearer };
  });
}

/** An agent's id; null for a contact who is offered, undefined for nobody. */
async function findAgentId(source: DataSource, accountId: string, email: string) {
  const [agent] = await listAgents(source, { accountId, email });
  if (agent) return agent.id;
  const people = await peopleToPlay(source, accountId);
  return people.some((person) => person.email === email) ? null : undefined;
}

function notThere(): DomainError {
  return new HttpRefusal(404, 'NOT_FOUND', 'There is no demo user with this name.');
}
