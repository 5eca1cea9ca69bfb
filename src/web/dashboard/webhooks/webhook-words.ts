import type { WebhookDetailsFragment, WebhookRowFragment } from '../../generated/app';
import { words } from '../../words';

export type Webhook = WebhookDetailsFragment;

const kindWords: Record<string, string> = words.ledger.kind;

/** The kinds that can be sent, with their names in the ledger. */
export const kindChoices = Object.entries(kindWords)
  .filter(([kind]) => kind !== 'OtherDayPassEvent')
  .map(([value, label]) => ({ value, label }));

export function kindName(kind: string): string {
  return kindWords[kind] ?? kind;
}

export function kindsName(kinds: readonly string[]): string {
  return kinds.length === 0 ? words.webhooks.allKinds : kinds.map(kindName).join(', ');
}

export type WebhookStatus = WebhookRowFragment['state'] | 'FAILING';

export function statusOf({
  state,
  failingSince,
}: Pick<WebhookRowFragment, 'state' | 'failingSince'>): WebhookStatus {
  return state === 'ACTIVE' && failingSince ? 'FAILING' : state;
}

/** What is sent again, as `replayWebhook` accepts it. */
export type Replayed = { sequences: number[] } | { fromSequence: number } | { fromCursor: string };

/**
 * Reads "12, 15-20" (these events), "12-" (all from this one on) or a cursor (all after it); null if it is
 * neither.
 */
export function readReplay(text: string): Replayed | null {
  if (/^\s*j1\.[\w-]+\s*$/.test(text)) return { fromCursor: text.trim() };
  const [, from] = /^\s*(\d{1,9})\s*[-–]\s*$/.exec(text) ?? [];
  if (from !== undefined && Number(from) > 0) return { fromSequence: Number(from) };
  const sequences = readNumbers(text);
  return sequences && { sequences };
}

/** The numbers of a text such as "12, 15-20"; null if it is not one, or has more than 100. */
function readNumbers(text: string): number[] | null {
  const numbers = new Set<number>();
  for (const part of text.split(',')) {
    const [, from, to] = /^\s*(\d{1,9})\s*(?:[-–]\s*(\d{1,9})\s*)?$/.exec(part) ?? [];
    if (from === undefined) return null;
    const last = Number(to ?? from);
    if (last - Number(from) >= 100) return null;
    for (let number = Number(from); number <= last; number += 1) numbers.add(number);
  }
  return numbers.size >= 1 && numbers.size <= 100 ? [...numbers] : null;
}
