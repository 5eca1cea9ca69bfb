import type { AccountScope } from '../../db/account-scope';
import { entriesById, type JournalEntry } from '../../journal/journal-entry';

/**
 * Loads the entries that reversed consumptions, by the consumption's id. The index on kinds finds all
 * reversals of the account, which are few.
 */
export async function reversalsOf(
  scope: AccountScope,
  consumptionIds: readonly string[],
): Promise<(JournalEntry | null)[]> {
  const found = await scope.query<{ id: string; consumption_id: string }>(
    `select id, consumption_id from journal_entries
     where account_id = $1 and kind = 'DayPassReversed' and consumption_id = any($2)`,
    [consumptionIds],
  );
  const entries = await entriesById(
    scope,
    found.map(({ id }) => id),
  );
  const byConsumption = new Map(entries.map((entry) => [entry?.consumptionId, entry]));
  return consumptionIds.map((id) => byConsumption.get(id) ?? null);
}
