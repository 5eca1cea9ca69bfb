import type { DataSource } from 'typeorm';
import { signBearer } from '../access/bearer-token';
import { findAccountBySlug } from '../accounts/account.queries';
import type { DatabaseClock } from '../db/database-clock';
import type { OpenDatabase } from '../db/open-database';
import type { Secrets } from '../db/secrets';
import { peopleToPlay } from './people-to-play';

const hour = 3_600_000;
/** Bearers are long: one of each role, and no more. */
const shownMax = 4;

/** What a developer's start prints: where to look, and a bearer for each role to look with. */
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
}): Promise<string> {
  const { url, database, source, secrets, clock, explorer, inbox } = options;
  const lines = [
    '',
    `Daypass is at ${url}`,
    '  Open it in a browser, in two tabs: as an agent and as an admin.',
    `  GraphQL  ${url}/graphql`,
  ];
  if (explorer) lines.push(`  Explorer ${url}/graphiql`);
  if (inbox) lines.push(`  Mails    ${url}/dev/inbox`);
  if (database.remark) lines.push(`  Note     ${database.remark}`);
  const account = await findAccountBySlug(source, 'sandbox');
  const people = account ? (await peopleToPlay(source, account.id)).slice(0, shownMax) : [];
  if (people.length > 0) lines.push('', 'Bearers of the sandbox, good for 12 hours:');
  for (const { role, email, agentId } of people) {
    const token = await signBearer(
      { accountId: account!.id, agentId, email },
      { key: secrets.localIssuer, nowMs: clock.nowMs(), lifetimeMs: 12 * hour },
    );
    lines.push('', `  ${role}, ${email}`, `  ${token}`);
  }
  return `${lines.join('\n')}\n\n`;
}
