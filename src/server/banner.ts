import type { DataSource } from 'typeorm';
import { signBearer } from '../access/bearer-token';
import { findAccountBySlug } from '../accounts/account.queries';
import { listAgents } from '../agents/agent.queries';
import type { DatabaseClock } from '../db/database-clock';
import type { OpenDatabase } from '../db/open-database';
import type { Secrets } from '../db/secrets';

const hour = 3_600_000;

/** What a developer's start prints: where to look, and a bearer to look with. */
export async function banner(options: {
  url: string;
  database: OpenDatabase;
  source: DataSource;
  secrets: Secrets;
  clock: DatabaseClock;
}): Promise<string> {
  const lines = ['', `Daypass is at ${options.url}`, `  GraphQL  ${options.url}/graphql`];
  if (options.database.remark) lines.push(`  Note     ${options.database.remark}`);
  const account = await findAccountBySlug(options.source, 'sandbox');
  const agents = account ? await listAgents(options.source, { accountId: account.id }) : [];
  const admin = agents.find((agent) => agent.role === 'ACCOUNT_ADMIN');
  const occasional = agents.find((agent) => agent.type === 'OCCASIONAL');
  for (const agent of [admin, occasional]) {
    if (!agent) continue;
    const { accountId, id: agentId, email } = agent;
    const token = await signBearer(
      { accountId, agentId, email },
      { key: options.secrets.localIssuer, nowMs: options.clock.nowMs(), lifetimeMs: 12 * hour },
    );
    const role = agent.role === 'ACCOUNT_ADMIN' ? 'account admin' : 'occasional agent';
    lines.push('', `A bearer of the sandbox's ${role} ${email} (12 hours):`, `  ${token}`);
  }
  return `${lines.join('\n')}\n\n`;
}
