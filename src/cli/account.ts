import { Option, type Command } from 'commander';
import { signatureAlgorithms, type SignatureAlgorithm } from '../access/identity-provider';
import type { GivenProvider } from '../accounts/identity-provider.rules';
import { readConfig } from '../core/config';
import { formatMinor } from '../core/money';
import {
  listAccountSummaries,
  readAccountSummary,
  type AccountSummary,
} from '../operator/account.queries';
import { changeAccount } from '../operator/change-account';
import { openAccount, type OpenedAccount } from '../operator/open-account';
import { addAccountBilling } from './account-billing';
import { print, wholeNumber, withOperator } from './with-operator';

interface Output {
  json?: boolean;
}

interface CreateOptions extends Output {
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

interface UpdateOptions extends Output {
  slug: string;
  name?: string;
  plan?: string;
  zone?: string;
  billed?: boolean;
  unbilled?: boolean;
  emergencyCeiling?: number;
  reopen?: boolean;
  terms?: string;
  creditLimit?: string;
  payFirst?: boolean;
  creditFirst?: boolean;
  hold?: boolean;
}

/** Flags whose names differ from those of the values. */
const flags = { timeZone: '--zone', billingMode: '--billed', sandbox: '--sandbox' };

/** `daypass account`: how the operator makes accounts, sets their terms and closes them. */
export function addAccountVerb(program: Command): void {
  const account = program
    .command('account')
    .description('Create, list, show, change and close accounts.');
  addCreate(account);
  addAccountBilling(account);
  account
    .command('list')
    .description('List the accounts by slug.')
    .option('--json', 'print {"accounts": […]}')
    .action(async (output: Output) => {
      const accounts = await withOperator(({ source }) => listAccountSummaries(source));
      const text = accounts.map(inOneLine).join('\n') || 'There are no accounts.';
      print({ accounts }, text, output);
    });
  withSlug(account.command('show'))
    .description('Show one account.')
    .action(async ({ slug, ...output }: Output & { slug: string }) => {
      printAccount(await withOperator(({ source }) => readAccountSummary(source, slug)), output);
    });
  addUpdate(account);
  withSlug(account.command('close'))
    .description(
      'Close an account. From now on no passes are bought, granted or used. Access to the agent portal ends when the last active pass ends. The journal is kept.',
    )
    .action(async ({ slug, ...output }: Output & { slug: string }) => {
      const closed = await withOperator((on) => changeAccount(on, slug, { isClosed: true }));
      printAccount(closed, output);
    });
}

function addCreate(account: Command): void {
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
  const link =
    activation && `${publicUrl ?? `http://127.0.0.1:${port}`}/activate#${activation.token}`;
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
  else lines.push(`SMTP_URL is not set. Give this link to ${admin.email}:`, invitation.link!);
  return lines.join('\n');
}

function addUpdate(account: Command): void {
  withTerms(withSlug(account.command('update')))
    .description('Change the named settings of an account; the others stay unchanged.')
    .option('--name <name>', 'the display name')
    .option('--plan <plan>', 'the subscription plan, which determines the prices')
    .option('--zone <zone>', 'the time zone of the account')
    .addOption(ceiling())
    .option('--reopen', 'reopen a closed account')
    .option('--terms <days>', 'sell passes on terms of so many days; none: sell nothing')
    .option('--credit-limit <amount>', 'the most that may be owed, with tax; none: no limit')
    .addOption(
      new Option('--pay-first', 'the passes of an order come when it is paid').conflicts(
        'creditFirst',
      ),
    )
    .option('--credit-first', 'the passes of an order come at once')
    .option('--hold', 'take no orders on terms')
    .option('--no-hold', 'take orders on terms again')
    .action(async (options: UpdateOptions) => {
      const { slug, name, plan, zone: timeZone, emergencyCeiling } = options;
      const billingMode = options.billed ? 'BILLED' : options.unbilled ? 'UNBILLED' : undefined;
      const isClosed = options.reopen ? false : undefined;
      const settings = { name, plan, timeZone, emergencyCeiling, billingMode, isClosed } as const;
      const change = { ...settings, ...termsOf(options) };
      if (Object.values(change).every((value) => value === undefined)) {
        throw new Error('Name at least one setting to change, e.g. --plan or --billed.');
      }
      printAccount(await withOperator((on) => changeAccount(on, slug, change), flags), options);
    });
}

/** What is named of the terms on which passes are sold. */
function termsOf({ terms, creditLimit, payFirst, creditFirst, hold }: UpdateOptions) {
  return {
    termsDays: terms === undefined ? undefined : terms === 'none' ? null : Number(terms),
    creditLimit: creditLimit === 'none' ? null : creditLimit,
    creditFirst: payFirst ? false : creditFirst,
    isOnHold: hold,
  };
}

function withSlug(verb: Command): Command {
  return verb
    .requiredOption('--slug <slug>', 'the short name of the account, used in addresses')
    .option('--json', 'print one JSON object');
}

function withTerms(verb: Command): Command {
  return verb
    .addOption(
      new Option('--billed', 'only the operator sells and grants passes').conflicts('unbilled'),
    )
    .option(
      '--unbilled',
      "the account's admins order and grant passes, and the account pays nothing",
    );
}

function ceiling(): Option {
  return new Option(
    '--emergency-ceiling <passes>',
    'the highest emergency allowance that admins of a billed account may set',
  ).argParser(wholeNumber);
}

function printAccount(account: AccountSummary, output: Output): void {
  print({ account }, inOneLine(account), output);
}

function inOneLine(account: AccountSummary): string {
  const { slug, name, plan, currency, timeZone, sandbox, billing, balance, closedAt } = account;
  const terms = [
    `plan ${plan} in ${currency}`,
    timeZone,
    billing.mode === 'BILLED'
      ? `billed, emergency ceiling ${billing.emergencyCeiling}${inWords(billing, currency)}`
      : 'unbilled',
    `${balance} passes`,
    ...(sandbox ? ['sandbox'] : []),
    ...(closedAt ? [`closed since ${closedAt.toISOString()}`] : []),
  ];
  return `${slug}: ${name}; ${terms.join(', ')}`;
}

/** The terms of a billed account; empty if it has none. */
function inWords(billing: AccountSummary['billing'], currency: string): string {
  const { termsDays, creditLimitMinor, creditedFirst, holdSince, owedMinor } = billing;
  if (termsDays === null) return '';
  const money = (minor: number) => `${formatMinor({ minor, currency })} ${currency}`;
  const words = [
    `${termsDays} days to pay`,
    ...(creditedFirst ? [] : ['paid first']),
    ...(creditLimitMinor === null ? [] : [`limit ${money(creditLimitMinor)}`]),
    ...(owedMinor > 0 ? [`owes ${money(owedMinor)}`] : []),
    ...(holdSince ? ['on hold'] : []),
  ];
  return `, ${words.join(', ')}`;
}
