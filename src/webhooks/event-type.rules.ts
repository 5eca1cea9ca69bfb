/**
 * The type of a webhook for a kind of entry, in the form of Standard Webhooks: `DayPassConsumed` is
 * `day_pass.consumed`, and `DayPassWalletLow` is `wallet.low`. One rule for all kinds, so a kind of a
 * newer release has its final name in this one too.
 */
export function eventTypeOf(kind: string): string {
  const words = kind
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ');
  const [first, second, ...rest] = words;
  // A client's statement is "statement", and a wallet of day passes is "wallet".
  if (first === 'client' && second !== undefined && rest.length > 0) return named(second, rest);
  const isOfPasses = first === 'day' && (second === 'pass' || second === 'passes');
  if (!isOfPasses) return named(first!, words.slice(1));
  const [noun, ...verb] = rest;
  return verb.length === 0 ? named(`day_${second}`, rest) : named(noun!, verb);
}

/** The type of a test: no entry has it. */
export const testEventType = 'webhook.test';

function named(noun: string, verb: readonly string[]): string {
  return verb.length === 0 ? noun : `${noun}.${verb.join('_')}`;
}
