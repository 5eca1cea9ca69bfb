import type { Command } from 'commander';
import { signBearer } from '../access/bearer-token';
import { findAccountBySlug } from '../accounts/account.queries';
import { listAgents } from '../agents/agent.queries';
import { addressToFind, canonicalAddress } from '../core/mailbox';
import { withDatabase, type OpenService } from './with-database';

interface Options {
  account: string;
  email?: string;
  all?: boolean;
  contact?: boolean;
  hours: string;
  json?: boolean;
}

/** `daypass token`: bearers of the local issuer, for development and tests. */
export function addTokenVerb(program: Command): void {
  program
    .command('token')
    .description('Print a bearer token of the local issuer for an agent or a contact.')
    .requiredOption('--account <slug>', 'the slug of the account')
    .option('--email <email>', 'the e-mail address of the agent')
    .option('--contact', 'the address is of a contact, not of an agent')
    .option('--all', 'one JSON line per agent: email, type, token')
    .option('--hours <hours>', 'how long the token is valid', '12')
    .option('--json', 'print {"token": …}')
    .action(async (options: Options) => {
      const lines = await withDatabase((open) => tokenLines(open, options));
      process.stdout.write(`${lines.join('\n')}\n`);
    });
}

async function tokenLines(open: OpenService, options: Options): Promise<string[]> {
  const hours = Number(options.hours);
  if (!(hours > 0 && hours <= 8_760)) throw new Error('--hours must be above 0, at most 8760.');
  const account = await findAccountBySlug(open.source, options.account);
  if (!account) throw new Error(`There is no account with the slug ${options.account}.`);
  const sign = (email: string, agentId: string | null) =>
    signBearer(
      { accountId: account.id, agentId, email },
      { key: open.secrets.localIssuer, nowMs: open.clock.nowMs(), lifetimeMs: hours * 3_600_000 },
    );

  if (options.all) {
    const agents = await listAgents(open.source, { accountId: account.id });
    return Promise.all(
      agents.map(async ({ id, email, type }) =>
        JSON.stringify({ email, type, token: await sign(email, id) }),
      ),
    );
  }

  if (!options.email) throw new Error('Name one person with --email, or all agents with --all.');
  const email = addressToFind(options.email);
  const [agent] = await listAgents(open.source, { accountId: account.id, email });
  if (!agent && !options.contact) {
    throw new Error(
      `${options.account} has no agent with the address ${email}. For a contact, add --contact.`,
    );
  }
  // A contact is matched to tickets by the address alone, so it must be one.
  if (options.contact && canonicalAddress(email) === null) {
    throw new Error(`--email ${email} is not an e-mail address.`);
  }
  const token = await sign(email, options.contact ? null : (agent?.id ?? null));
  return [options.json ? JSON.stringify({ token }) : token];
}
