import { writeInstant } from '../../ui/instant';
import { roleWords, sectionWords, statusWords, typeWords } from '../agents/agent-words';

/** What was done, in words. Kinds may be added; one that is not known here is shown as it is. */
export const actionWords: Record<string, string> = {
  'agent.invited': 'Invited an agent',
  'agent.activated': 'Activated the account',
  'agent.updated': 'Changed an agent',
  'agent.converted': 'Converted an agent',
  'agent.deleted': 'Deleted an agent',
  'agent.deactivated': 'Deactivated an agent',
  'agent.reactivated': 'Reactivated an agent',
  'agent.identities_unlinked': 'Forgot sign-ins',
  'agent.tickets_released': 'Unassigned open tickets',
  'agent.tickets_reassigned': 'Reassigned open tickets',
  'account.created': 'Made the account',
  'account.updated': 'Changed the account',
  'account.closed': 'Closed the account',
  'account.reopened': 'Opened the account again',
  'wallet.updated': 'Changed a wallet',
  'passes.purchased': 'Bought day passes',
  'passes.granted': 'Granted day passes',
  'consumption.reversed': 'Took a day pass back',
  'api_key.created': 'Made an API key',
  'api_key.revoked': 'Revoked an API key',
  'identity_provider.added': 'Added an identity provider',
  'identity_provider.updated': 'Changed an identity provider',
  'identity_provider.removed': 'Removed an identity provider',
  'clients.upserted': 'Wrote clients',
  'tickets.upserted': 'Wrote tickets',
  'test_clock.advanced': 'Moved the clock',
};

/** One field that an act changed. */
export interface Difference {
  field: string;
  /** Null where it was not there before. */
  before: string | null;
  after: string | null;
}

type Fields = Record<string, unknown> | null | undefined;

/** What differs between before and after, field by field, in words. */
export function differencesOf(before: Fields, after: Fields): Difference[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map((name) => ({
      field: wordsOfName(name),
      before: before && name in before ? wordsOfValue(before[name]) : null,
      after: after && name in after ? wordsOfValue(after[name]) : null,
    }))
    .filter((one) => one.before !== one.after);
}

/** 'lowBalanceThreshold' is 'Low balance threshold'. */
function wordsOfName(name: string): string {
  const words = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const known: Record<string, string> = {
  ...typeWords,
  ...roleWords,
  ...sectionWords,
  ...Object.fromEntries(Object.entries(statusWords).map(([status, { says }]) => [status, says])),
};

/** Longer ones are cut: the API has all of it. */
const lengthMax = 300;

function wordsOfValue(value: unknown): string {
  if (value == null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : cut(value.map(wordsOfValue));
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return cut([JSON.stringify(value)]);
  const text = String(value);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return writeInstant(text);
  return cut([known[text] ?? text]);
}

function cut(texts: string[]): string {
  const text = texts.join(', ');
  return text.length > lengthMax ? `${text.slice(0, lengthMax)} …` : text;
}
