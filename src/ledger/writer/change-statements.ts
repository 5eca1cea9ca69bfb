import { newId, nilId } from '../../core/ids';
import { auditParameters, insertAuditEvent } from '../../db/audit-trail';
import { storeJobs } from '../../db/job-outbox';
import type { StateRef } from '../../db/hints';
import type { NamedStatement } from '../../db/statement-group';
import type { Consumption, Ledger, Wallet } from '../model/ledger';
import { accountRow } from '../rows/account';
import { agentRow, newAgentRow } from '../rows/agent';
import { apiKeyRow } from '../rows/api-key';
import { consumptionRow } from '../rows/consumption';
import type { RowOf } from '../rows/codec';
import { dueItemRow } from '../rows/due-item';
import { entryRow, type StoredEntry } from '../rows/entry';
import { invitationMailRow, invitationRow } from '../rows/invitation';
import { invoiceRow, invoiceSeriesRow } from '../rows/invoice';
import { lotRow } from '../rows/lot';
import { attemptRow, orderRow } from '../rows/order';
import { emergencyPassRow, runningPassRow } from '../rows/pass';
import { purchaseRow } from '../rows/purchase';
import { insertRows, putRows, updateRows } from '../rows/statements';
import { storedWalletRow } from '../rows/wallet';
import type { Changes } from '../model/changes';
import type { SealedEntry } from './seal-entries';

/** What a whole batch changed: the changes of its decisions, the entries sealed. */
export interface BatchChanges {
  accountId: string;
  changes: Omit<Changes, 'entries'>;
  entries: readonly SealedEntry[];
  /** What changed of the account's state, beside the journal. */
  states: readonly StateRef[];
}

/**
 * The statements that write the net effect of a batch, one a table, in one fixed order: rows taken
 * out and marks, lots, consumptions, running passes, entries, balances, the journal row last. All are
 * made before the first is sent, so that an error here has written nothing. Rows go to the database
 * as the plain values that they are: the statements' texts know their columns.
 */
export function changeStatements(
  ledger: Ledger,
  { accountId, changes, entries, states }: BatchChanges,
): NamedStatement[] {
  const made: NamedStatement[] = [];
  const write = (name: keyof typeof statements, rows: readonly unknown[]) => {
    if (rows.length === 0) return;
    made.push({ name, text: statements[name], values: [accountId, JSON.stringify(rows)] });
  };

  // First, as writes outside the ledger lock the state first: a ticket's foreign key then waits for an
  // agent whose row this batch changes, and the batch must not wait for that write.
  if (states.length > 0) made.push({ name: 'raise-state', text: raiseState, values: [accountId] });
  const passes = [...changes.runningPasses];
  write('end-passes', idsOf(passes.filter(([, pass]) => pass === null)));
  write('forgive', changes.forgiven);
  write('insert-agents', changes.newAgents);
  write('update-agents', [...changes.agents.values()]);
  const addresses = [...changes.addresses].map(([id, email]) => ({ id, email }));
  write('forget-sign-ins', addresses);
  write('unlink-identities', addresses);
  write('update-addresses', addresses);
  write('revoke-keys', [...changes.keys.values()]);
  write('end-invitations', [...changes.invitations.keys()]);
  write('delete-agents', changes.deletedAgents);
  write('insert-invitations', [...changes.invitations.values()].filter(isThere));
  write('drop-old-mails', changes.mails);
  write('insert-mails', changes.mails);
  write('put-lots', [...changes.lots.values()]);
  write(
    'settle',
    [...changes.settled].map(([consumptionId, lotId]) => ({ consumptionId, lotId })),
  );
  write('put-orders', [...changes.orders.values()]);
  write('put-attempts', [...changes.attempts.values()]);
  write('insert-purchases', changes.purchases);
  const series = [...changes.invoiceSeries].map(([name, lastNumber]) => ({
    series: name,
    lastNumber,
  }));
  write('put-invoice-series', series);
  write('insert-invoices', changes.invoices);
  write('insert-consumptions', changes.consumptions);
  write(
    'reverse',
    [...changes.reversals].map(([id, reversedAtMs]) => ({ id, reversedAtMs })),
  );
  write('insert-owed', changes.owed.map(emergencyPassOf(changes)));
  write('put-passes', passes.map(([, pass]) => pass).filter(isThere));
  write('insert-entries', entries.map(storedEntryOf));
  write('update-wallets', storedWalletsOf(changes, entries));
  const items = [...changes.dueItems.values()];
  write(
    'drop-due-items',
    items.filter(({ atMs }) => atMs === null),
  );
  write(
    'put-due-items',
    items.filter(({ atMs }) => atMs !== null),
  );
  write(
    'store-jobs',
    changes.jobs.map((job) => ({ id: newId(), ...job })),
  );
  // After the account's state, as other writers of the account's row lock the two in this order.
  write('update-account', changes.account ? [changes.account] : []);
  // After the state's row: acts outside the ledger lock the two in this order.
  for (const event of changes.audits) {
    const values = [accountId, ...auditParameters(event)];
    made.push({ name: 'insert-audit', text: insertAuditEvent, values });
  }
  const last = entries.at(-1);
  if (last) {
    const { sequence, hash } = last;
    const values = [accountId, sequence, new Date(ledger.nowMs), Buffer.from(hash, 'hex')];
    made.push({ name: 'update-journal', text: updateJournal, values });
  }
  return made;
}

/** What a consumption writes, without rows and for an account that does not exist. */
export function hotStatements(): NamedStatement[] {
  const hot = [
    'end-passes',
    'put-lots',
    'insert-consumptions',
    'put-passes',
    'insert-entries',
    'update-wallets',
  ] as const;
  const values = [nilId, 0, new Date(0), Buffer.alloc(32)];
  return [
    ...hot.map((name) => ({ name, text: statements[name], values: [nilId, '[]'] })),
    { name: 'update-journal', text: updateJournal, values },
  ];
}

/** The ids of a JSON list. */
const givenIds = 'select value::uuid from json_array_elements_text($2::json)';

const raiseState = `update state_revisions set revision = revision + 1 where account_id = $1`;

const updateJournal = `
  update journals set sequence = $2, last_instant = $3, last_hash = $4 where account_id = $1`;

/** By the name under which each is prepared; `$1` is the account, `$2` a JSON list. */
const statements = {
  'end-passes': `
    delete from running_passes where account_id = $1 and agent_id in (${givenIds})`,
  forgive: `
    delete from emergency_passes where account_id = $1 and consumption_id in (${givenIds})`,
  'insert-agents': insertRows(newAgentRow),
  'update-agents': updateRows(agentRow, { also: ['revision = agents.revision + 1'] }),
  /** What was kept of bearers is forgotten with the provider's revision. */
  'forget-sign-ins': `
    update identity_providers set revision = revision + 1
    where account_id = $1 and id in (
      select provider_id from agent_identities where account_id = $1
        and agent_id in (select id from json_to_recordset($2::json) as new (id uuid)))`,
  'unlink-identities': `
    delete from agent_identities where account_id = $1
      and agent_id in (select id from json_to_recordset($2::json) as new (id uuid))`,
  'update-addresses': updateRows(newAgentRow.only('id', 'email')),
  'revoke-keys': updateRows(apiKeyRow.only('id', 'revokedAtMs')),
  'end-invitations': `
    delete from invitations where account_id = $1 and agent_id in (${givenIds})`,
  'delete-agents': `delete from agents where account_id = $1 and id in (${givenIds})`,
  'insert-invitations': insertRows(invitationRow),
  'drop-old-mails': `
    delete from invitation_mails where account_id = $1
      and send_at < (select min(send_at) - interval '2 days'
        from (${invitationMailRow.given('$2')}) as new)`,
  'insert-mails': insertRows(invitationMailRow),
  'put-lots': putRows(lotRow, { key: 'id', set: ['remaining'] }),
  settle: `
    update emergency_passes set settled_by_lot_id = paid."lotId"
    from json_to_recordset($2::json) as paid ("consumptionId" uuid, "lotId" uuid)
    where emergency_passes.account_id = $1
      and emergency_passes.consumption_id = paid."consumptionId"`,
  'put-orders': putRows(orderRow, {
    key: 'id',
    set: ['credited_at', 'paid_at', 'canceled_at', 'received_minor', 'back_minor', 'notes_minor'],
  }),
  'put-attempts': putRows(attemptRow, {
    key: 'id',
    set: ['received_minor', 'refunded_minor', 'withdrawn_minor', 'reinstated_minor'],
  }),
  'insert-purchases': insertRows(purchaseRow),
  'put-invoice-series': putRows(invoiceSeriesRow, { key: 'series', set: ['last_number'] }),
  'insert-invoices': insertRows(invoiceRow),
  'insert-consumptions': insertRows(consumptionRow),
  reverse: updateRows(consumptionRow.only('id', 'reversedAtMs')),
  'insert-owed': insertRows(emergencyPassRow),
  'put-passes': putRows(runningPassRow, {
    key: 'agent_id',
    set: runningPassRow.without('agentId').columns,
  }),
  'insert-entries': insertRows(entryRow),
  // A wallet stays its client's. Settings change without an entry: the hash of the last one stays.
  'update-wallets': updateRows(storedWalletRow.without('clientId'), { keptIfNull: ['last_hash'] }),
  'drop-due-items': `
    delete from due_items using (${dueItemRow.only('kind', 'subject').given('$2')}) as old
    where due_items.account_id = $1 and due_items.kind = old.kind
      and due_items.subject = old.subject`,
  'put-due-items': putRows(dueItemRow, { key: 'kind, subject', set: ['at'] }),
  'store-jobs': storeJobs,
  'update-account': `
    update accounts set ${accountRow.columns.map((column) => `${column} = new.${column}`).join(', ')}
    from (${accountRow.given('$2')}) as new where accounts.id = $1`,
};

const idsOf = (rows: readonly (readonly [id: string, row: unknown])[]) => rows.map(([id]) => id);
const isThere = <Row>(row: Row | null): row is Row => row !== null;

/** Its payload is stored as the text that was hashed. */
function storedEntryOf({ payload: _, ...stored }: SealedEntry): StoredEntry {
  return stored;
}

const emergencyPassOf =
  ({ settled }: Pick<Changes, 'settled'>) =>
  ({ id, walletId, sequence }: Consumption): RowOf<typeof emergencyPassRow> => ({
    consumptionId: id,
    walletId,
    sequence,
    settledByLotId: settled.get(id) ?? null,
  });

/** The hash is null if none of the entries is the wallet's last. */
function storedWalletsOf(
  { wallets }: Pick<Changes, 'wallets'>,
  entries: readonly SealedEntry[],
): (Wallet & { lastHash: string | null })[] {
  const hashAt = new Map(entries.map((entry) => [entry.sequence, entry.hash]));
  return [...wallets.values()].map((wallet) => ({
    ...wallet,
    lastHash: hashAt.get(wallet.lastSequence) ?? null,
  }));
}
