import { randomUUID } from 'node:crypto';
import { ask, type Partner } from './ask';

/*
 * What a service key with the scope wallet:write can make happen, by the kind of event that it causes.
 * In a sandbox alone: there nothing is owed and nobody is concerned.
 */
const acts: Readonly<Record<string, (partner: Partner) => Promise<void>>> = {
  DayPassesGranted: grant,
  DayPassesPurchased: buy,
  DayPassOrderPlaced: buy,
  DayPassWalletLow: alert,
};

/**
 * Makes an event of this kind really happen, if the account is a sandbox and a key can. Returns
 * whether it did; the endpoints then receive it as any other. Throws an Error with what was refused.
 */
export async function triggerAct(partner: Partner, kind: string): Promise<boolean> {
  const act = Object.hasOwn(acts, kind) ? acts[kind] : undefined;
  if (!act) return false;
  const { account } = await ask<{ account: { sandbox: boolean } }>(
    partner,
    '{ account { sandbox } }',
  );
  if (!account.sandbox) return false;
  await act(partner);
  return true;
}

async function grant(partner: Partner): Promise<void> {
  await ask(
    partner,
    `mutation Grant($input: GrantDayPassesInput!) { grantDayPasses(input: $input) {
      userErrors { message } } }`,
    { input: { quantity: 1, reason: 'daypass webhooks trigger', idempotencyKey: randomUUID() } },
  );
}

async function buy(partner: Partner): Promise<void> {
  await ask(
    partner,
    `mutation Buy($input: PurchaseDayPassesInput!) { purchaseDayPasses(input: $input) {
      userErrors { message } } }`,
    { input: { quantity: 1, idempotencyKey: randomUUID() } },
  );
}

/** An alert at the present balance is sent at once; then the alerts are as they were. */
async function alert(partner: Partner): Promise<void> {
  const { dayPassWallets } = await ask<{
    dayPassWallets: { id: string; balance: number; alertThresholds: number[] }[];
  }>(partner, '{ dayPassWallets { id balance alertThresholds } }');
  const [{ id: walletId, balance, alertThresholds } = noWallet()] = dayPassWallets;
  const set = (thresholds: readonly number[]) =>
    ask(
      partner,
      `mutation Alert($input: UpdateDayPassWalletInput!) { updateDayPassWallet(input: $input) {
        userErrors { message } } }`,
      { input: { walletId, alertThresholds: thresholds } },
    );
  const reached = freeThreshold(Math.max(balance, 0), alertThresholds);
  await set([reached]);
  await set(alertThresholds);
}

/** The lowest number that the balance has reached and at which there is no alert yet. */
function freeThreshold(balance: number, present: readonly number[]): number {
  let threshold = balance;
  while (present.includes(threshold)) threshold += 1;
  return threshold;
}

function noWallet(): never {
  throw new Error('The account has no wallet.');
}
