import { owedOf } from '../model/order.rules';
import { isLastingAdmin } from '../model/agent.rules';
import type { Changes } from '../model/changes';
import { withMail } from '../model/invitation-pace.rules';
import {
  addressOf,
  keyOf,
  type Entry,
  type Invitation,
  type Ledger,
  type Lot,
  type NamedAgent,
} from '../model/ledger';
import { inDrawOrder } from '../model/lot.rules';

/**
 * Applies a decision's changes to the ledger, which is the input of the next command of the batch.
 * Only this function changes a ledger, so a command whose decision throws has changed nothing.
 */
export function apply(ledger: Ledger, changes: Changes): void {
  for (const entry of changes.entries) {
    ledger.sequence = entry.sequence;
    remember(ledger, entry);
  }
  for (const wallet of changes.wallets.values()) ledger.wallets.set(wallet.id, wallet);
  for (const lot of changes.lots.values()) putLot(ledger, lot);
  for (const consumption of changes.consumptions) {
    const commandId = changes.entries.find(
      (entry) => entry.consumptionId === consumption.id,
    )!.commandId;
    ledger.spentConfirmations.set(consumption.confirmationId, { consumption, commandId });
  }
  for (const [agentId, pass] of changes.runningPasses) {
    if (pass) ledger.runningPasses.set(agentId, pass);
    else ledger.runningPasses.delete(agentId);
  }
  for (const { id, walletId } of changes.owed) {
    ledger.owed.set(walletId, [...(ledger.owed.get(walletId) ?? []), id]);
  }
  for (const key of changes.dueItems.keys()) ledger.dueItems.delete(key);
  for (const invoice of changes.invoices) ledger.invoices.set(invoice.id, invoice);
  if (ledger.invoicing && changes.invoiceSeries.size > 0) {
    const series = { ...ledger.invoicing.series, ...Object.fromEntries(changes.invoiceSeries) };
    ledger.invoicing = { ...ledger.invoicing, series };
  }
  putOrders(ledger, changes);
  if (changes.account) ledger.account = changes.account;
  for (const agent of changes.agents.values()) putAgent(ledger, agent);
  for (const key of changes.keys.values()) ledger.keys.set(key.id, key);
  for (const agent of changes.newAgents) {
    putAgent(ledger, agent);
    ledger.people?.addresses.set(agent.email, agent.id);
  }
  if (ledger.people) ledger.people.mails = changes.mails.reduce(withMail, ledger.people.mails);
  for (const [agentId, address] of changes.addresses) putAddress(ledger, agentId, address);
  for (const agentId of changes.deletedAgents) {
    ledger.agents.delete(agentId);
    putAddress(ledger, agentId, null);
  }
  for (const [agentId, invitation] of changes.invitations)
    putInvitation(ledger, agentId, invitation);
  for (const [id, atMs] of changes.reversals) markReversed(ledger, id, atMs);
  for (const [id, lotId] of changes.settled) {
    // A later command of the batch may reverse it: then the pass goes into the lot that paid.
    const settled = ledger.reversible.get(id);
    if (settled) ledger.reversible.set(id, { ...settled, settledByLotId: lotId });
  }
  if (changes.settled.size > 0 || changes.forgiven.length > 0) {
    for (const [walletId, owed] of ledger.owed) {
      ledger.owed.set(
        walletId,
        owed.filter((id) => !changes.settled.has(id) && !changes.forgiven.includes(id)),
      );
    }
  }
}

/** The sum that is owed moves by what each order's part of it moves. */
function putOrders(ledger: Ledger, { orders, attempts }: Changes): void {
  for (const [id, order] of orders) {
    const known = ledger.orders.get(id);
    const payments = new Map((known?.attempts ?? []).map((one) => [one.id, one]));
    for (const one of attempts.values()) if (one.orderId === id) payments.set(one.id, one);
    ledger.orders.set(id, { order, attempts: [...payments.values()] });
    if (!ledger.ordering) continue;
    const { owedMinor, lastPlace } = ledger.ordering;
    ledger.ordering = {
      ...ledger.ordering,
      owedMinor: owedMinor + owedOf(order) - (known ? owedOf(known.order) : 0),
      lastPlace: Math.max(lastPlace, order.place),
    };
  }
}

function remember(ledger: Ledger, entry: Entry): void {
  if (entry.key === null || entry.keyDigest === null) return;
  const { kind, key, keyDigest, commandId, walletId, payload } = entry;
  const purchaseId = typeof payload.purchaseId === 'string' ? payload.purchaseId : null;
  const invoiceId = typeof payload.invoiceId === 'string' ? payload.invoiceId : null;
  const orderId = typeof payload.orderId === 'string' ? payload.orderId : null;
  const ids = { purchaseId, invoiceId, orderId };
  const keyed = { kind, key, keyDigest, commandId, walletId, ...ids };
  ledger.keyedEntries.set(keyOf(kind, key), keyed);
}

function putAgent(ledger: Ledger, agent: NamedAgent): void {
  ledger.agents.set(agent.id, agent);
  if (isLastingAdmin(agent)) ledger.admins.add(agent.id);
  else ledger.admins.delete(agent.id);
}

/** From now on no agent has the old address. */
function putAddress(ledger: Ledger, agentId: string, address: string | null): void {
  const addresses = ledger.people!.addresses;
  const old = addressOf(ledger, agentId);
  if (old !== null) addresses.delete(old);
  if (address !== null) addresses.set(address, agentId);
}

function putInvitation(ledger: Ledger, agentId: string, invitation: Invitation | null): void {
  const invitations = ledger.people?.invitations;
  if (!invitations) return;
  for (const other of invitations.values()) {
    if (other.agentId === agentId) invitations.delete(other.id);
  }
  if (invitation) invitations.set(invitation.id, invitation);
}

function markReversed(ledger: Ledger, id: string, reversedAtMs: number): void {
  const reversed = ledger.reversible.get(id)!.consumption;
  const consumption = { ...reversed, reversedAtMs };
  for (const [otherId, other] of ledger.reversible) {
    const isItself = otherId === id;
    const reversedNear = [...other.reversedNear, reversed];
    ledger.reversible.set(otherId, {
      ...other,
      ...(isItself ? { consumption } : { reversedNear }),
    });
  }
  const spent = ledger.spentConfirmations.get(reversed.confirmationId);
  if (spent) {
    ledger.spentConfirmations.set(reversed.confirmationId, { ...spent, consumption });
  }
}

function putLot(ledger: Ledger, lot: Lot): void {
  const lots = ledger.lots.get(lot.walletId) ?? [];
  const isKnown = lots.some((known) => known.id === lot.id);
  ledger.lots.set(
    lot.walletId,
    isKnown
      ? lots.map((known) => (known.id === lot.id ? lot : known))
      : [...lots, lot].sort(inDrawOrder),
  );
}
