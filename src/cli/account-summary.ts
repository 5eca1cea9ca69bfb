import { formatMinor } from '../core/money';
import type { AccountSummary } from '../operator/account.queries';
import type { Printed } from './account-options';
import { print } from './with-operator';

export function printAccount(account: AccountSummary, output: Printed): void {
  print({ account }, inOneLine(account), output);
}

/** An account with its terms, as one line of text. */
export function inOneLine(account: AccountSummary): string {
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
