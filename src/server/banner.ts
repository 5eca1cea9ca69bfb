import type { DataSource } from 'typeorm';
import { signBearer } from '../access/bearer-token';
import { findAccountBySlug } from '../accounts/account.queries';
import { listAgents } from '../agents/agent.queries';
import type { DatabaseClock } from '../db/database-clock';
import type { OpenDatabase } from '../db/open-database';
import type { Secrets } from '../db/secrets';
import { TicketRow } from '../db/tables/ticket';

const hour = 3_600_000;

/** What a developer's start prints: where to look, and a bearer for each role to look with. */
export async function banner(options: {
  url: string;
  database: OpenDatabase;
  source: DataSource;
  secrets: Secrets;
  clock: DatabaseClock;
  /** Whether the explorer is served. */
  explorer: boolean;
  /** Whether mails go into the inbox of a development. */
  inbox: boolean;
}): Promise<string> {
  const { url, database, source, secrets, clock, explorer, inbox } = options;
  const lines = ['', `Daypass is at ${url}`, `  GraphQL  ${url}/graphql`];
  if (explorer) lines.push(`  Explorer ${url}/graphiql`);
  if (inbox) lines.push(`  Mails    ${url}/dev/inbox`);
  if (database.remark) lines.push(`  Note     ${database.remark}`);
  const account = await findAccountBySlug(source, 'sandbox');
  const people = account ? await peopleToPlay(source, account.id) : [];
  if (people.length > 0) lines.push('', 'Bearers of the sandbox, good for 12 hours:');
  for (const { role, email, agentId } of people) {
    const token = await signBearer(
      { accountId: account!.id, agentId, email },
      { key: secrets.localIssuer, nowMs: clock.nowMs(), lifetimeMs: 12 * hour },
    );
    lines.push('', `  ${role}, ${email}`, `  ${token}`);
  }
  return `${lines.join('\n')}\n\n`;
}

interface PersonToPlay {
  role: string;
  email: string;
  /** Null: a contact, who has no agent. */
  agentId: string | null;
}

/** One of each role. The occasional agent is one with a pop-up ahead: no pass of theirs runs. */
async function peopleToPlay(source: DataSource, accountId: string): Promise<PersonToPlay[]> {
  const agents = (await listAgents(source, { accountId })).filter(
    ({ status }) => status === 'ACTIVE',
  );
  const running: { agent_id: string }[] = await source.query(
    'select agent_id from running_passes where account_id = $1',
    [accountId],
  );
  const isIn = new Set(running.map((pass) => pass.agent_id));
  const desk = agents.filter(
    ({ role, sections }) => role === 'AGENT' && sections.includes('TICKETS'),
  );
  const ofType = (type: string) => desk.filter((agent) => agent.type === type);
  const occasional = ofType('OCCASIONAL').filter((agent) => !isIn.has(agent.id));
  // Tickets are numbered as they came: whoever asked for the first is sure to have one.
  const ticket = await source
    .getRepository(TicketRow)
    .findOne({ where: { accountId }, order: { number: 'ASC' } });
  const roles: [role: string, person: { id: string | null; email: string } | undefined][] = [
    [
      'account admin',
      agents.find(({ role, type }) => role === 'ACCOUNT_ADMIN' && type === 'FULL_TIME'),
    ],
    ['full-time agent', ofType('FULL_TIME')[0]],
    ['occasional agent', occasional.at(-1)],
    ['contact', ticket ? { id: null, email: ticket.requesterEmail } : undefined],
  ];
  return roles.flatMap(([role, person]) =>
    person ? [{ role, email: person.email, agentId: person.id }] : [],
  );
}
