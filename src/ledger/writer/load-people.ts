import type { PoolClient } from 'pg';
import type { Command } from '../commands';
import { mailsPerDay } from '../access/invitation-pace.rules';
import type { Invitation, NamedAgent, People } from '../model/ledger';
import { addressedAgentRow, type AddressedAgent } from '../rows/agent';
import { invitationRow } from '../rows/invitation';
import { list, ms } from '../rows/load-sql';

interface Loaded {
  database_ms: number;
  sends_mail: boolean;
  agents: AddressedAgent[];
  invitations: Invitation[];
  mails_ms: number[];
  last_to: { address: string; sendAtMs: number }[];
}

/**
 * Loads who has the addresses and the invitations that the commands name, by a statement of its own
 * after the one that took the lock. Asks nothing if no command
 * invites, activates, deletes or changes an address.
 */
export async function loadPeople(
  client: PoolClient,
  accountId: string,
  commands: readonly Command[],
): Promise<{ people: People | null; agents: NamedAgent[] }> {
  const emails: string[] = [];
  const invitationIds: string[] = [];
  const agentIds: string[] = [];
  for (const command of commands) {
    if (command.kind === 'invite-agent') emails.push(command.email);
    if (command.kind === 'activate-agent') invitationIds.push(command.invitationId);
    if (command.kind === 'change-agent' && command.email) {
      emails.push(command.email.address);
      agentIds.push(command.agentId);
    }
    if (command.kind === 'delete-agent') agentIds.push(command.agentId);
  }
  if (emails.length + invitationIds.length + agentIds.length === 0)
    return { people: null, agents: [] };
  const { rows } = await client.query<Loaded>({
    name: 'load-people',
    text: loadStatement,
    values: [accountId, emails, invitationIds, agentIds],
  });
  const { database_ms: databaseNowMs, sends_mail: sendsMail, agents, invitations } = rows[0]!;
  const { mails_ms: newestFirst, last_to: lastTo } = rows[0]!;
  return {
    people: {
      databaseNowMs,
      sendsMail,
      addresses: new Map(agents.map(({ email, id }) => [email, id])),
      invitations: new Map(invitations.map((invitation) => [invitation.id, invitation])),
      mails: {
        newestFirst,
        lastTo: new Map(lastTo.map(({ address, sendAtMs }) => [address, sendAtMs])),
      },
    },
    agents: agents.map(({ email: _email, ...agent }) => agent),
  };
}

const loadStatement = `
  with person as (
    select * from agents where account_id = $1 and (
      email = any($2::text[])
      or id = any($4::uuid[])
      or id in (select agent_id from invitations where account_id = $1 and id = any($3::uuid[])))
  )
  select
    floor(extract(epoch from clock_timestamp()) * 1000)::bigint as database_ms,
    account.email_notifications_enabled as sends_mail,
    ${list(addressedAgentRow.pairs('person'), 'person')} as agents,
    ${list(
      invitationRow.pairs('i'),
      `invitations i join person on person.id = i.agent_id where i.account_id = $1`,
    )} as invitations,
    (select coalesce(json_agg(sent.ms order by sent.ms desc), '[]') from (
      select ${ms('send_at')} as ms from invitation_mails where account_id = $1
      order by send_at desc limit ${mailsPerDay}) as sent) as mails_ms,
    ${list(
      `'address', address, 'sendAtMs', last_ms`,
      `(select address, max(${ms('send_at')}) as last_ms from invitation_mails
        where account_id = $1
          and (address = any($2::text[]) or address in (select email from person))
        group by address) as sent`,
    )} as last_to
  from accounts account where account.id = $1`;
