import type { PoolClient } from 'pg';
import { mailsPerDay } from '../model/invitation-pace.rules';
import type { Invitation, NamedAgent, People } from '../model/ledger';
import type { BatchNeeds } from '../model/needs';
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
 * Loads the agents who have the addresses and the invitations that the commands name, by a
 * statement of its own after the one that took the lock. Only a few batches need it.
 */
export async function loadPeople(
  client: PoolClient,
  accountId: string,
  needs: BatchNeeds,
): Promise<{ people: People | null; agents: NamedAgent[] }> {
  const { addresses, invitations: invitationIds, people } = needs;
  if (addresses.length + invitationIds.length + people.length === 0) {
    return { people: null, agents: [] };
  }
  const { rows } = await client.query<Loaded>({
    name: 'load-people',
    text: loadStatement,
    values: [accountId, addresses, invitationIds, people],
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
