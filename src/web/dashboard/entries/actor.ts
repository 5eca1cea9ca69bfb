import type { OverviewEntryFragment } from '../../generated/app';
import { words } from '../../words';

/** Who caused an entry, in a sentence. */
export function actorOf({ actor }: Pick<OverviewEntryFragment, 'actor'>): string {
  if (actor?.__typename === 'Agent') return actor.name;
  if (actor?.__typename === 'ApiKey') return words.overview.feed.apiKey(actor.keyName);
  return actor?.__typename === 'Operator' ? words.overview.feed.operator : words.dashboard.service;
}
