import { activationToken } from '../../../src/access/activation-token';
import { nodeId } from '../../../src/api/node';
import { newId } from '../../../src/core/ids';
import {
  ActivateDocument,
  InviteDocument,
  type InviteAgentInput,
  type InviteMutation,
} from '../../generated/operations';
import { dataOf, eventually, type Desk, type Person } from './desk';
import { act } from './streams';

/** Invites someone; what matters is given. */
export async function invite(
  desk: Desk,
  input: Partial<InviteAgentInput> = {},
  person: Person = desk.admin,
): Promise<NonNullable<InviteMutation['inviteAgent']>> {
  const some = { name: 'Ada', email: `${newId()}@new.example`, type: 'OCCASIONAL' as const };
  const variables = { input: { ...some, timeZone: 'UTC', ...input } };
  return (await act(desk, InviteDocument, variables, { person })).inviteAgent!;
}

/** Activates without a bearer token, as anybody with the link does. */
export async function activate(desk: Desk, token: string) {
  const answer = await desk.site.service.request(ActivateDocument, { variables: { token } });
  return dataOf(answer).activateAgent!;
}

/** The token of an agent's present link; null if it has none. */
export async function linkToken(desk: Desk, agent: { id: string }): Promise<string | null> {
  const [row] = (
    await desk.sql<{ id: string; agent_id: string }>(
      'select id, agent_id from invitations where account_id = $1',
    )
  ).filter(({ agent_id }) => nodeId('Agent', agent_id) === agent.id);
  const { accountId } = desk;
  return row
    ? activationToken(desk.site.secrets.activation, { accountId, invitationId: row.id })
    : null;
}

/** Tasks of the jobs that wait or failed, of this account: in its outbox, or queued. */
export async function jobsOf(desk: Desk): Promise<string[]> {
  const rows = await desk.sql<{ task: string }>(
    `select t.identifier as task from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id
     where j.payload ->> 'accountId' = $1::text
     union all select task from job_outbox where account_id = $1::uuid`,
  );
  return rows.map(({ task }) => task);
}

/**
 * Waits until jobs of the account have failed; they are then tried again now, not after their pause. On
 * a slow machine the pause may be over, and nothing is left to do.
 */
export async function retryNow(desk: Desk): Promise<void> {
  await eventually(async () => {
    const retried = await desk.sql(
      `with retried as (
         update graphile_worker._private_jobs set run_at = now()
         where attempts > 0 and locked_at is null and payload ->> 'accountId' = $1::text
         returning id)
       select id, pg_notify('jobs:insert', '{"r":0,"count":1}') from retried`,
    );
    if (retried.length === 0) expect(await jobsOf(desk)).toEqual([]);
  });
}

/** As though all mails of the account so far had been sent that long ago. */
export async function mailsWereSent(desk: Desk, ago: string): Promise<void> {
  await desk.sql(
    'update invitation_mails set send_at = send_at - $2::interval where account_id = $1',
    [ago],
  );
}
