import { parse } from 'graphql';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { newId } from '../../src/core/ids';
import { changeAccount } from '../../src/operator/change-account';
import { grantPasses } from '../../src/operator/grant-passes';
import { BuyDocument, SetWalletDocument, WhereItStandsDocument } from '../generated/operations';
import { codeOf, send } from '../support/desk/catalogue';
import { dataOf, openTestSite, type Desk, type Person, type TestSite } from '../support/desk/desk';
import { addKey } from '../support/desk/keys';
import { becomeOperator } from '../support/desk/operator';
import { act } from '../support/desk/streams';

let site: TestSite;
let operator: ReturnType<typeof becomeOperator>;

beforeAll(async () => {
  site = await openTestSite();
  operator = becomeOperator(site);
});
afterAll(async () => {
  await operator.close();
  await site.close();
});

const change = (desk: Desk, terms: Parameters<typeof changeAccount>[2]) =>
  changeAccount(operator.on, desk.slug, terms);

const grant = (desk: Desk, more: Partial<Parameters<typeof grantPasses>[1]> = {}) =>
  grantPasses(operator.on, {
    account: desk.slug,
    quantity: 3,
    reason: 'Goodwill',
    expires: null,
    idempotencyKey: newId(),
    ...more,
  });

async function addPrice(desk: Desk, packSize = 1): Promise<void> {
  await desk.sql(
    `insert into day_pass_prices (plan, currency, minimum_quantity, unit_price_minor, pack_size,
       valid_from, example)
     select plan, currency, 1, 1000, $2, now() - interval '1 day', false
     from accounts where id = $1`,
    [packSize],
  );
}

async function buy(desk: Desk, quantity = 1, idempotencyKey: string = newId()) {
  const input = { quantity, idempotencyKey };
  return (await act(desk, BuyDocument, { input })).purchaseDayPasses!;
}

async function setAllowance(desk: Desk, emergencyAllowance: number): Promise<string | null> {
  const walletId = (await act(desk, WhereItStandsDocument, {})).dayPassWallet!.id;
  const input = { walletId, emergencyAllowance };
  const { updateDayPassWallet } = await act(desk, SetWalletDocument, { input });
  return updateDayPassWallet?.userErrors[0]?.code ?? null;
}

const refusalOf = async (desk: Desk, input = {}) =>
  dataOf(await desk.grant(input)).grantDayPasses?.userErrors[0]?.code ?? null;

type Query<Data> = TypedDocumentNode<Data, Record<string, never>>;
const read = <Data>(desk: Desk, query: string, person?: Person) =>
  act(desk, parse(query) as Query<Data>, {}, { person });

test('in a billed account nobody of it can add passes, with any credential or mutation', async () => {
  const desk = await site.openDesk({ passes: 1 });
  await addPrice(desk);
  const key = await addKey(desk, { scopes: ['wallet:write'] });
  await change(desk, { billingMode: 'BILLED' });
  expect(await refusalOf(desk)).toBe('NOT_PERMITTED');
  expect((await buy(desk)).userErrors).toMatchObject([{ code: 'NOT_PERMITTED' }]);
  const byKey = `mutation { grantDayPasses(input: {quantity: 1, reason: "x", idempotencyKey: "k"})
    { userErrors { code } } }`;
  expect(JSON.stringify(await send(desk, key.bearer, byKey))).toContain('NOT_PERMITTED');
  expect(await desk.balance()).toBe(1);
  await change(desk, { billingMode: 'UNBILLED' });
  expect(await refusalOf(desk)).toBeNull();
  expect((await buy(desk)).userErrors).toEqual([]);
  await desk.expectBooksToClose();
});

test('a repeated request from before the switch gets its first answer, and adds nothing', async () => {
  const desk = await site.openDesk();
  await addPrice(desk);
  await desk.add(2, { idempotencyKey: 'before' });
  const bought = await buy(desk, 1, 'before');
  await change(desk, { billingMode: 'BILLED' });
  const again = dataOf(await desk.grant({ quantity: 2, idempotencyKey: 'before' }));
  expect(again.grantDayPasses).toMatchObject({ replayed: true, userErrors: [] });
  expect(await buy(desk, 1, 'before')).toMatchObject({
    replayed: true,
    purchase: { id: bought.purchase!.id },
  });
  expect(await desk.balance()).toBe(3);
});

test('the ceiling bounds a new allowance, and leaves one that was higher until it is changed', async () => {
  const desk = await site.openDesk();
  expect(await setAllowance(desk, 1_000)).toBeNull();
  await change(desk, { billingMode: 'BILLED' });
  expect(await setAllowance(desk, 1_000)).toBeNull();
  expect(await setAllowance(desk, 999)).toBe('NOT_PERMITTED');
  expect(await setAllowance(desk, 5)).toBeNull();
  expect(await setAllowance(desk, 6)).toBe('NOT_PERMITTED');
  await change(desk, { emergencyCeiling: 40 });
  expect(await setAllowance(desk, 40)).toBeNull();
  expect(await setAllowance(desk, 41)).toBe('NOT_PERMITTED');
  await change(desk, { billingMode: 'UNBILLED' });
  expect(await setAllowance(desk, 41)).toBeNull();
});

test('the operator grants once per key, under its name in journal and audit trail', async () => {
  const desk = await site.openDesk();
  await change(desk, { billingMode: 'BILLED' });
  const idempotencyKey = newId();
  expect(await grant(desk, { idempotencyKey })).toEqual({ balance: 3, replayed: false });
  expect(await grant(desk, { idempotencyKey })).toEqual({ balance: 3, replayed: true });
  await expect(grant(desk, { idempotencyKey, quantity: 4 })).rejects.toMatchObject({
    field: 'idempotencyKey',
  });
  const { dayPassEvents, auditEvents } = await read<Record<string, { edges: object[] }>>(
    desk,
    `{ dayPassEvents { edges { node { __typename delta actor { ... on Operator { name } }
         ... on DayPassesGranted { reason grantedBy { id } } } } }
       auditEvents { edges { node { action origin { door }
         actor { __typename ... on Operator { name } } } } } }`,
  );
  expect(dayPassEvents!.edges).toEqual([
    {
      node: {
        __typename: 'DayPassesGranted',
        delta: 3,
        actor: { name: 'Operator' },
        reason: 'Goodwill',
        grantedBy: null,
      },
    },
  ]);
  const actor = { __typename: 'Operator', name: 'Operator' };
  expect(auditEvents!.edges).toEqual([
    { node: { action: 'passes.granted', origin: { door: 'cli' }, actor } },
    { node: { action: 'account.updated', origin: { door: 'cli' }, actor } },
  ]);
  await desk.expectBooksToClose();
});

test('an admin’s key for the same grant is not the operator’s replay', async () => {
  const desk = await site.openDesk();
  const same = { quantity: 3, reason: 'Goodwill', idempotencyKey: 'the same' };
  await desk.add(3, same);
  await expect(grant(desk, same)).rejects.toMatchObject({ field: 'idempotencyKey' });
});

test('the terms are shown to admins, with a pass or without, and to keys for bookkeeping', async () => {
  const desk = await site.openDesk();
  const [outside] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
  const bookkeeping = await addKey(desk, { scopes: ['billing:read'] });
  const other = await addKey(desk, { scopes: ['wallet:read'] });
  const query = '{ account { billing { mode emergencyCeiling } } }';
  const billingFor = async (bearer: string) =>
    (await read<{ account: { billing: object | null } }>(desk, query, { id: '', bearer })).account
      .billing;
  const unbilled = { mode: 'UNBILLED', emergencyCeiling: 1_000 };
  expect(await billingFor(desk.admin.bearer)).toEqual(unbilled);
  await change(desk, { billingMode: 'BILLED', emergencyCeiling: 7 });
  const billed = { mode: 'BILLED', emergencyCeiling: 7 };
  for (const bearer of [desk.admin.bearer, outside!.bearer, bookkeeping.bearer]) {
    expect(await billingFor(bearer)).toEqual(billed);
  }
  for (const bearer of [desk.agent.bearer, other.bearer, await desk.bearer(null)]) {
    expect(await billingFor(bearer)).toBeNull();
  }
});

test('passes of a price in packs are sold in multiples, and the refusal names the next two', async () => {
  const desk = await site.openDesk();
  await addPrice(desk, 5);
  const { userErrors } = await buy(desk, 12);
  expect(userErrors).toMatchObject([{ code: 'QUANTITY_OUT_OF_RANGE', field: ['quantity'] }]);
  const said = `mutation { purchaseDayPasses(input: {quantity: 12, idempotencyKey: "m"})
    { userErrors { message } } }`;
  expect(JSON.stringify(await send(desk, desk.admin.bearer, said))).toContain('15 and 20');
  expect((await buy(desk, 15)).userErrors).toEqual([]);
});

describe('a closed account', () => {
  test('sells and uses nothing at once; the gate is shut when the last running pass has ended', async () => {
    const desk = await site.openDesk({ agents: 2, passes: 5 });
    await addPrice(desk);
    const [insider, outsider] = desk.agents as [Person, Person];
    const { consumption } = await desk.enter(insider);
    const token = await desk.tokenFor(outsider);
    const closed = await change(desk, { isClosed: true });
    expect(closed.gateShutsAt?.toISOString()).toBe(consumption.expiresAt);

    expect((await buy(desk)).userErrors).toMatchObject([{ code: 'NOT_PERMITTED' }]);
    expect(await refusalOf(desk)).toBe('NOT_PERMITTED');
    await expect(grant(desk)).rejects.toMatchObject({ field: 'account' });
    expect(await desk.refusalOf(outsider, token)).toBe('ACCOUNT_CLOSED');
    const denied = { __typename: 'PortalAccessDenied', reason: 'ACCOUNT_CLOSED' };
    expect(await desk.ask(outsider)).toMatchObject(denied);
    const granted = { __typename: 'PortalAccessGranted', until: consumption.expiresAt };
    expect(await desk.ask(insider)).toMatchObject(granted);
    expect(await desk.ask(desk.admin)).toMatchObject(granted);
    const journal = '{ dayPassEvents { totalCount } }';
    expect(await codeOf(desk, desk.admin.bearer, journal)).toBeNull();

    await desk.moveClockTo(consumption.expiresAt);
    for (const person of [insider, outsider, desk.admin]) {
      expect(await desk.ask(person)).toMatchObject(denied);
    }
    expect(await codeOf(desk, desk.admin.bearer, journal)).toBe('DAY_PASS_REQUIRED');
    expect(await codeOf(desk, desk.admin.bearer, '{ dayPassPurchases { totalCount } }')).toBeNull();

    // Closing it again changes nothing; a mistake can be undone.
    expect((await change(desk, { isClosed: true })).closedAt).toEqual(closed.closedAt);
    expect((await change(desk, { isClosed: false })).closedAt).toBeNull();
    expect(await desk.ask(outsider)).toMatchObject({ __typename: 'DayPassRequired' });
    await desk.expectBooksToClose();
  });
});
