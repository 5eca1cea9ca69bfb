import type { Client } from 'pg';
import { canonicalAddress } from '../core/mailbox';
import { ok, warning, type Finding } from './doctor-finding';

const listedMax = 50;
/** More than anybody would check by hand. */
const readMax = 10_000;

/**
 * Agents whose address would be refused today: an earlier release accepted more. They keep it,
 * receive no mail, and an admin can change it.
 */
export async function checkAddresses(client: Client): Promise<Finding> {
  // The plain majority is left out by the database; the rest is judged by the rule itself.
  const { rows } = await client.query<{ slug: string; email: string }>(
    `select account.slug, agent.email
     from agents agent join accounts account on account.id = agent.account_id
     where agent.email !~ '^[a-z0-9_+-]{1,30}([.][a-z0-9_+-]{1,30})?@([a-z0-9]{1,60}[.]){1,3}[a-z]{2,20}$'
     order by account.slug, agent.email limit ${readMax}`,
  );
  const refused = rows.filter(({ email }) => canonicalAddress(email) !== email);
  if (refused.length === 0)
    return ok('addresses', "every agent's e-mail address is exactly one mailbox");
  const listed = refused.slice(0, listedMax).map(({ slug, email }) => `${slug}: ${email}`);
  const more = refused.length - listed.length;
  const says = `not exactly one mailbox: ${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const advice =
    'Daypass sends no mail to these agents. Give them another address with updateAgent(email:).';
  return warning('addresses', says, advice);
}
