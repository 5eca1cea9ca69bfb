import { sections } from '../access/gate.rules';
import { activationToken } from '../access/activation-token';
import { inviteAgent } from '../agents/invite-agent';
import { addressToFind } from '../core/mailbox';
import { AccountScope } from '../db/account-scope';
import { AgentRow } from '../db/tables/agent';
import { ledgerOf, OperatorRefusal, operatorActor, type OperatorServices } from './operator';

export interface FirstAdmin {
  name: string;
  email: string;
  status: AgentRow['status'];
  /** The link that makes the admin active, as far as it can still be used. */
  activation: { token: string; expiresAt: Date } | null;
}

/**
 * Invites the first admin of an account, who works full-time: an occasional agent would need
 * another admin. An admin who is invited already keeps the link that was sent, unless it has
 * expired. Throws an OperatorRefusal if the account has other agents: its own admins invite more.
 */
export async function inviteFirstAdmin(
  on: OperatorServices,
  accountId: string,
  admin: { name: string; email: string; timeZone: string },
): Promise<FirstAdmin> {
  const scope = new AccountScope(on.source, accountId);
  const email = addressToFind(admin.email);
  const present = await readAdmin(on, scope, email);
  if (present && (present.status !== 'INVITED' || present.activation)) return present;
  if (!present && (await scope.select(AgentRow).count(1)) > 0) {
    throw new OperatorRefusal(
      'adminEmail',
      `the account has agents already, and ${email} is not one of them. Ask one of its admins to invite ${email}`,
    );
  }
  const { outcome } = await inviteAgent(
    { ledger: ledgerOf(on, accountId), activationKey: on.secrets.activation },
    {
      ...admin,
      email,
      type: 'FULL_TIME',
      role: 'ACCOUNT_ADMIN',
      sections,
      actor: operatorActor,
      audit: on.attribution,
    },
  );
  if (outcome.status === 'refused') throw new OperatorRefusal('adminEmail', outcome.message);
  const invited = await readAdmin(on, scope, email);
  if (!invited) throw new Error(`The admin ${email} was invited but cannot be found.`);
  return invited;
}

async function readAdmin(
  { secrets }: OperatorServices,
  scope: AccountScope,
  email: string,
): Promise<FirstAdmin | null> {
  const [row] = await scope.query<
    Omit<FirstAdmin, 'activation'> & { invitationId: string | null; expiresAt: Date }
  >(
    `select agent.name, agent.email, agent.status, i.id as "invitationId",
       i.expires_at as "expiresAt"
     from agents agent
     left join invitations i on i.account_id = agent.account_id and i.agent_id = agent.id
       and i.used_at is null and i.expires_at > clock_timestamp()
     where agent.account_id = $1 and agent.email = $2`,
    [email],
  );
  if (!row) return null;
  const { invitationId, expiresAt, ...admin } = row;
  const { accountId } = scope;
  const isOpen = admin.status === 'INVITED' && invitationId !== null;
  return {
    ...admin,
    activation: isOpen
      ? { token: activationToken(secrets.activation, { accountId, invitationId }), expiresAt }
      : null,
  };
}
