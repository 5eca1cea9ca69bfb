import { Option, type Command } from 'commander';
import { signatureAlgorithms, type SignatureAlgorithm } from '../access/identity-provider';
import type { GivenProvider } from '../accounts/identity-provider.rules';
import { readConfig } from '../core/config';
import { readAccountSummary, type AccountSummary } from '../operator/account.queries';
import { openAccount, type OpenedAccount } from '../operator/open-account';
import { ceiling, flags, withSlug, withTerms, type Printed } from './account-options';
import { inOneLine } from './account-summary';
import { print, withOperator } from './with-operator';

interface CreateOptions extends Printed {
  slug: string;
  name: string;
  plan: string;
  currency: string;
  zone: string;
  adminName: string;
  adminEmail: string;
  billed?: boolean;
  unbilled?: boolean;
  emergencyCeiling: number;
  sandbox?: boolean;
  issuer?: string;
  clientId?: string;
  issuerName?: string;
  audience?: string[];
  algorithm?: SignatureAlgorithm[];
  emailClaim?: string;
  trustEmail?: boolean;
  admitContacts?: boolean;
}

/** `daypass account create`: an account with its first admin, and its identity provider if one is named. */
export function addAccountCreate(account: Command): void {
  withTerms(withSlug(account.command('create')))
    .description(
      'Create an account and invite its first admin. Repeating the command with the same slug does no harm.',
    )
    .requiredOption('--name <name>', 'the display name')
    .requiredOption('--plan <plan>', 'the subscription plan, which determines the prices')
    .requiredOption('--currency <code>', 'the currency of the prices, ISO 4217')
    .requiredOption('--zone <zone>', 'the time zone of the account, e.g. Europe/Berlin')
    .requiredOption('--admin-name <name>', 'the display name of the first admin')
    .requiredOption('--admin-email <email>', 'where the first admin is invited')
    .addOption(ceiling().default(5))
    .option('--sandbox', 'create a sandbox account, with its own test clock')
    .option(
      '--issuer <url>',
      'the issuer URL of its identity provider, as in the claim iss of its tokens',
    )
    .option('--client-id <id>', 'the client id (public client) that the sign-in page uses')
    .option('--issuer-name <name>', 'the display name of the provider')
    .option(
      '--audience <audience...>',
      'an accepted value of the claim aud; default: the client id',
    )
    .addOption(
      new Option(
        '--algorithm <algorithm...>',
        'an accepted signature algorithm; default: RS256',
      ).choices(signatureAlgorithms),
    )
    .option('--email-claim <claim>', 'the claim that holds the e-mail address; default: email')
    .option('--trust-email', 'accept e-mail addresses without email_verified')
    .option('--admit-contacts', 'let people who are not agents sign in as contacts')
    .action(async (options: CreateOptions) => {
      const { opened, account: made } = await withOperator((on) => create(on, options), flags);
      const answer = { account: made, ...answerOf(opened) };
      print(answer, describeOpened(made, answer), options);
    });
}

async function create(on: Parameters<typeof openAccount>[0], options: CreateOptions) {
  const opened = await openAccount(on, {
    slug: options.slug,
    name: options.name,
    plan: options.plan,
    currency: options.currency,
    timeZone: options.zone,
    sandbox: options.sandbox ?? false,
    billingMode: options.billed ? 'BILLED' : 'UNBILLED',
    emergencyCeiling: options.emergencyCeiling,
    adminName: options.adminName,
    adminEmail: options.adminEmail,
    provider: providerOf(options),
  });
  return { opened, account: await readAccountSummary(on.source, options.slug) };
}

function providerOf(options: CreateOptions): GivenProvider | null {
  const { issuer, clientId, audience } = options;
  if (issuer === undefined) {
    if (clientId !== undefined) throw new Error('--client-id: name the provider with --issuer.');
    return null;
  }
  return {
    issuer,
    name: options.issuerName,
    clientId,
    audiences: audience,
    algorithms: options.algorithm,
    emailClaim: options.emailClaim,
    trustsEmail: options.trustEmail,
    admitsContacts: options.admitContacts,
  };
}

/** The link is printed if this process cannot send mails; else the service mails it. */
function answerOf({ created, admin }: OpenedAccount) {
  const { activation, ...invited } = admin;
  const { smtpUrl, publicUrl, port } = readConfig();
  // With PORT=0 only the running service knows its address.
  const address = publicUrl ?? (port === 0 ? '' : `http://127.0.0.1:${port}`);
  const link = activation && `${address}/activate#${activation.token}`;
  const isMailed = smtpUrl !== null;
  return {
    created,
    admin: invited,
    invitation: activation && {
      mailed: isMailed,
      link: isMailed ? null : link,
      expiresAt: activation.expiresAt,
    },
  };
}

function describeOpened(
  account: AccountSummary,
  { created, admin, invitation }: ReturnType<typeof answerOf>,
): string {
  const lines = [
    `${account.slug} ${created ? 'was created' : 'exists already'}: ${inOneLine(account)}`,
  ];
  if (!invitation) lines.push(`The admin ${admin.email} is ${admin.status.toLowerCase()}.`);
  else if (invitation.mailed) lines.push(`The service mails an activation link to ${admin.email}.`);
  else lines.push(...handOver(admin.email, invitation.link!));
  return lines.join('\n');
}

function handOver(email: string, link: string): string[] {
  const advice = 'Write the address of the service before it, or set PUBLIC_URL.';
  const lines = [`SMTP_URL is not set. Give this link to ${email}:`, link];
  return link.startsWith('/') ? [...lines, advice] : lines;
}
