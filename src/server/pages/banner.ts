import type { DataSource } from 'typeorm';
import { signBearer } from '../../access/bearer-token';
import { findAccountBySlug } from '../../accounts/account.queries';
import type { Config } from '../../core/config';
import { isLoopbackHost } from '../../core/public-address';
import type { DatabaseClock } from '../../db/database-clock';
import type { OpenDatabase } from '../../db/open-database';
import type { Secrets } from '../../db/secrets';
import { peopleToPlay } from './people-to-play';

const hour = 3_600_000;
/** Bearer tokens are long: only one of each role. */
const shownMax = 4;

/**
 * The text that a development prints at its start: its addresses, and a bearer token for each role.
 */
export async function banner(options: {
  url: string;
  database: OpenDatabase;
  source: DataSource;
  secrets: Secrets;
  clock: DatabaseClock;
  /** Whether the explorer is served. */
  explorer: boolean;
  /** Whether mails go into the inbox of a development. */
  inbox: boolean;
  config: Pick<Config, 'host' | 'devPages' | 'publicUrl'>;
}): Promise<string> {
  const { url, database, source, secrets, clock, explorer, config } = options;
  const isExposed = !isLoopbackHost(config.host);
  const inbox = options.inbox && config.devPages;
  const lines = ['', `Daypass is at ${url}`];
  if (config.devPages) {
    lines.push('  Open it in two browser tabs: as an agent and as an admin.');
  }
  lines.push(`  GraphQL  ${url}/graphql`);
  if (explorer) lines.push(`  Explorer ${url}/graphiql`);
  if (inbox) lines.push(`  Mails    ${url}/dev/inbox`);
  if (database.remark) lines.push(`  Note     ${database.remark}`);
  if (isExposed) lines.push('', ...warningOf(config));
  // The log of a container contains this text, and other machines could use its tokens.
  if (isExposed && !config.devPages) return `${lines.join('\n')}\n\n`;
  const account = await findAccountBySlug(source, 'sandbox');
  const people = account ? (await peopleToPlay(source, account.id)).slice(0, shownMax) : [];
  if (people.length > 0)
    lines.push('', 'Bearer tokens of the sandbox account, valid for 12 hours:');
  for (const { role, email, agentId } of people) {
    const token = await signBearer(
      { accountId: account!.id, agentId, email },
      { key: secrets.localIssuer, nowMs: clock.nowMs(), lifetimeMs: 12 * hour },
    );
    lines.push('', `  ${role}, ${email}`, `  ${token}`);
  }
  return `${lines.join('\n')}\n\n`;
}

/** For a development that other machines can reach. */
function warningOf({ host, devPages, publicUrl }: Pick<Config, 'host' | 'devPages' | 'publicUrl'>) {
  const reached = `  WARNING  Other machines can reach this development service, because HOST is ${host}.`;
  if (devPages) {
    const where = publicUrl ? `localhost and ${new URL(publicUrl).host}` : 'localhost';
    return [
      reached,
      '           DAYPASS_DEV_PAGES is true: anyone who reaches it can sign in as any demo user.',
      `           The pages below /dev answer as ${where}; set PUBLIC_URL to another name.`,
    ];
  }
  return [
    reached,
    '           So /sign-in offers no demo users, /dev/inbox is off, and no bearer tokens are',
    '           printed. DAYPASS_DEV_PAGES=true switches them on. This command prints a token:',
    '           npx daypass token --account sandbox --email admin@sandbox.example',
  ];
}
