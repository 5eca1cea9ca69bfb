/**
 * The statements that name no account, or several. In a cluster each goes to every shard, so they are
 * few, none of them is part of a request, and each has a name here.
 * @public
 */
export const everyShardStatements = {
  'due accounts': 'the expiry loop looks for passes, lots and items that are due',
  'followers behind': 'the followers look for journals that have new entries',
  'stored jobs': 'the outbox runner looks for jobs of other processes',
  endpoints: 'the delivery runner looks for endpoints that have something to send',
  'old tries': 'the delivery runner deletes old tries of webhooks',
  'unsealed events': 'an upgrade looks for audit events without a seal',
  'new follower': 'an upgrade places a new follower in every journal',
  'watched accounts': 'a process polls the accounts that it watches',
  'known keys': 'a process polls the accounts whose keys it knows, and reads several keys together',
  'sign-in': 'a sign-in reads the providers of the accounts that several tokens name',
  'twin ids': '`daypass doctor` looks for external ids that differ only in blanks or composition',
  'mails of a developer': 'the inbox of a developer shows the newest mails of all accounts',
} as const;

export type EveryShardName = keyof typeof everyShardStatements;

/** Puts the name of the statement into its text: logs show it, and a test refuses other such statements. */
export function everyShard(name: EveryShardName, sql: string): string {
  return `/* every shard: ${name} */ ${sql}`;
}
