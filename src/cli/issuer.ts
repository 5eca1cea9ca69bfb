import type { Command } from 'commander';
import { signatureAlgorithms, type SignatureAlgorithm } from '../access/identity-provider';
import { findAccountBySlug } from '../accounts/account.queries';
import { listIdentityProviders, type FoundProvider } from '../accounts/identity-provider.queries';
import { settingsOf } from '../accounts/identity-provider.rules';
import { removeIdentityProvider } from '../accounts/remove-identity-provider';
import { setIdentityProvider } from '../accounts/set-identity-provider';
import { readConfig } from '../core/config';
import { AccountScope } from '../db/account-scope';
import { AccountState } from '../db/account-state';
import { withDatabase, type OpenService } from './with-database';

interface AccountOptions {
  account: string;
  json?: boolean;
}

interface IssuerOptions extends AccountOptions {
  issuer: string;
}

interface SetOptions extends IssuerOptions {
  name?: string;
  clientId?: string;
  audience?: string[];
  scope?: string[];
  algorithm?: string[];
  emailClaim?: string;
  trustEmail?: boolean;
  admitContacts?: boolean;
  disabled?: boolean;
}

/** A running service applies a change within a second. */
const noHints = { send: () => {} };

/**
 * `daypass issuer`: an account's identity providers from the command line. It is for the first
 * admin, who cannot sign in without one, and for an account whose settings let nobody sign in.
 */
export function addIssuerVerb(program: Command): void {
  const issuer = program
    .command('issuer')
    .description('Set, list or remove the identity providers of an account.');

  withAccount(issuer.command('set'))
    .description(
      'Add a provider, or replace all of its settings, like the mutation setIdentityProvider.',
    )
    .requiredOption(
      '--issuer <url>',
      'the issuer URL of the provider, as in the claim iss of its tokens',
    )
    .option('--name <name>', 'the display name')
    .option('--client-id <id>', 'the client id (public client) that the sign-in page uses')
    .option(
      '--audience <audience...>',
      'an accepted value of the claim aud; default: the client id',
    )
    .option(
      '--scope <scope...>',
      'a scope that the sign-in page requests; default: openid profile email',
    )
    .option('--algorithm <algorithm...>', 'an accepted signature algorithm; default: RS256')
    .option('--email-claim <claim>', 'the claim that holds the e-mail address; default: email')
    .option('--trust-email', 'accept e-mail addresses without email_verified')
    .option('--admit-contacts', 'let people who are not agents sign in as contacts')
    .option('--disabled', 'refuse the tokens of this provider')
    .action((options: SetOptions) => run(options, (open, scope) => set(open, scope, options)));

  withAccount(issuer.command('list'))
    .description('List the providers.')
    .action((options: AccountOptions) => run(options, async () => {}));

  withAccount(issuer.command('remove'))
    .description('Remove a provider. Its tokens are refused within one second.')
    .requiredOption('--issuer <url>', 'the issuer URL of the provider')
    .action((options: IssuerOptions) =>
      run(options, (open, scope) => remove(open, scope, options)),
    );
}

function withAccount(verb: Command): Command {
  return verb
    .requiredOption('--account <slug>', 'the slug of the account')
    .option('--json', 'print {"identityProviders": […]}');
}

/** Does it, then prints the account's providers as they are. */
async function run(
  options: AccountOptions,
  change: (open: OpenService, scope: AccountScope) => Promise<void>,
): Promise<void> {
  const providers = await withDatabase(async (open) => {
    const account = await findAccountBySlug(open.source, options.account);
    if (!account) throw new Error(`There is no account with the slug ${options.account}.`);
    const scope = new AccountScope(open.source, account.id);
    await change(open, scope);
    return listIdentityProviders(scope);
  });
  const text = options.json
    ? JSON.stringify({ identityProviders: providers })
    : providers.map(describe).join('\n') || `${options.account} has no identity provider.`;
  process.stdout.write(`${text}\n`);
}

async function set(
  { source, clock }: OpenService,
  { accountId }: AccountScope,
  options: SetOptions,
): Promise<void> {
  const settings = settingsOf({
    issuer: options.issuer,
    name: options.name,
    clientId: options.clientId,
    audiences: options.audience,
    scopes: options.scope,
    algorithms: options.algorithm?.map(asAlgorithm),
    emailClaim: options.emailClaim,
    trustsEmail: options.trustEmail,
    admitsContacts: options.admitContacts,
    enabled: !options.disabled,
  });
  const fetchRules = { privateAddresses: readConfig().privateIssuers };
  const state = new AccountState({ source, hints: noHints }, accountId);
  const done = await setIdentityProvider(
    { state, fetchRules },
    {
      settings,
      nowMs: clock.nowMs(),
      audit: null,
    },
  );
  if ('refused' in done) throw new Error(done.refused.message);
}

async function remove(
  { source, clock }: OpenService,
  scope: AccountScope,
  { account, issuer }: IssuerOptions,
): Promise<void> {
  const known = (await listIdentityProviders(scope)).find((one) => one.issuer === issuer);
  if (!known) throw new Error(`${account} has no identity provider ${issuer}.`);
  const act = { id: known.id, nowMs: clock.nowMs(), audit: null };
  const state = new AccountState({ source, hints: noHints }, scope.accountId);
  await removeIdentityProvider(state, act);
}

function asAlgorithm(name: string): SignatureAlgorithm {
  const known = signatureAlgorithms.find((algorithm) => algorithm === name);
  if (!known) throw new Error(`--algorithm is one of ${signatureAlgorithms.join(', ')}.`);
  return known;
}

function describe({ name, issuer, audiences, enabled }: FoundProvider): string {
  return `${name}: ${issuer} for ${audiences.join(', ')}${enabled ? '' : ' (disabled)'}`;
}
