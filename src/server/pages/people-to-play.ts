import { Not, type DataSource } from 'typeorm';
import { listAgents } from '../../agents/agent.queries';
import { TicketRow } from '../../db/tables/ticket';

/** A demo user of an account. */
export interface PersonToPlay {
  /** The role, in words. */
  role: string;
  name: string;
  email: string;
  /** Null: a contact, who has no agent. */
  agentId: string | null;
}

type Somebody = Pick<PersonToPlay, 'name' | 'email'> & { id: string | null };

/**
 * One of each role, the four most wanted first. The first occasional agent has no active pass, so
 * the pop-up will be shown.
 */
export async function peopleToPlay(source: DataSource, accountId: string): Promise<PersonToPlay[]> {
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
  // Tickets are numbered in order: the requester of the first is sure to have one.
  const ticket = await source
    .getRepository(TicketRow)
    .findOne({ where: { accountId, requesterEmail: Not('') }, order: { number: 'ASC' } });
  const contact = ticket && { id: null, name: ticket.requesterName, email: ticket.requesterEmail };
  const roles: [role: string, person: Somebody | null | undefined][] = [
    [
      'account admin',
      agents.find(({ role, type }) => role === 'ACCOUNT_ADMIN' && type === 'FULL_TIME'),
    ],
    ['full-time agent', ofType('FULL_TIME')[0]],
    ['occasional agent', occasional.at(-1)],
    ['contact', contact],
    ['occasional agent with access', ofType('OCCASIONAL').find((agent) => isIn.has(agent.id))],
    [
      'agent without tickets',
      agents.find(({ role, sections }) => role === 'AGENT' && !sections.includes('TICKETS')),
    ],
  ];
  return roles.flatMap(([role, person]) =>
    person ? [{ role, name: person.name, email: person.email, agentId: person.id }] : [],
  );
}
