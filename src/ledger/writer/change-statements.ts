import type { QueryConfig } from 'pg';
import { auditParameters, insertAuditEvent } from '../../db/audit-trail';
import { enqueueJobs } from '../../db/jobs';
import type { StateRef } from '../../db/hints';
import type {
  AccountTerms,
  ApiKey,
  Consumption,
  Invitation,
  InvitationMail,
  Ledger,
  Lot,
  Money,
  NamedAgent,
  NewAgent,
  Purchase,
  RunningPass,
  Wallet,
} from '../model/ledger';
import type { Changes } from './posting';
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
 * made before the first is sent, so that what throws here has written nothing.
 */
export function changeStatements(
  ledger: Ledger,
  { accountId, changes, entries, states }: BatchChanges,
): QueryConfig[] {
  const made: QueryConfig[] = [];
  const statement = (name: string, text: string, rows: readonly unknown[]) => {
    if (rows.length > 0) made.push({ name, text, values: [accountId, JSON.stringify(rows)] });
  };

  // First, as writes outside the ledger lock the state first: a ticket's foreign key then waits for an
  // agent whose row this batch changes, and the batch must not wait for that write.
  if (states.length > 0) {
    made.push({ name: 'raise-state', text: statements.raiseState, values: [accountId] });
  }
  const passes = [...changes.runningPasses];
  const ended = passes.filter(([, pass]) => pass === null).map(([agentId]) => agentId);
  statement('end-passes', statements.endPasses, ended);
  statement('forgive', statements.forgive, changes.forgiven);
  const newAgents = changes.newAgents.map((agent) => newAgentRow(accountId, agent));
  statement('insert-agents', statements.insertAgents, newAgents);
  const agents = [...changes.agents.values()].map(agentRow);
  statement('update-agents', statements.updateAgents, agents);
  const addresses = [...changes.addresses].map(([id, email]) => ({ id, email }));
  statement('forget-sign-ins', statements.forgetSignIns, addresses);
  statement('unlink-identities', statements.unlinkIdentities, addresses);
  statement('update-addresses', statements.updateAddresses, addresses);
  const keys = [...changes.keys.values()].map(keyRow);
  statement('revoke-keys', statements.revokeKeys, keys);
  statement('end-invitations', statements.endInvitations, [...changes.invitations.keys()]);
  statement('delete-agents', statements.deleteAgents, changes.deletedAgents);
  const invitations = [...changes.invitations.values()].flatMap((invitation) =>
    invitation ? [invitationRow(accountId, invitation)] : [],
  );
  statement('insert-invitations', statements.insertInvitations, invitations);
  const mails = changes.mails.map((mail) => mailRow(accountId, mail));
  statement('insert-mails', statements.insertMails, mails);
  const lots = [...changes.lots.values()].map((lot) => lotRow(accountId, lot));
  statement('put-lots', statements.putLots, lots);
  const settled = [...changes.settled].map(([consumption_id, lot_id]) => ({
    consumption_id,
    lot_id,
  }));
  statement('settle', statements.settle, settled);
  const purchases = changes.purchases.map((row) => purchaseRow(accountId, row));
  statement('insert-purchases', statements.insertPurchases, purchases);
  const consumptions = changes.consumptions.map((row) => consumptionRow(accountId, row));
  statement('insert-consumptions', statements.insertConsumptions, consumptions);
  const owed = changes.owed.map((row) => owedRow(accountId, row, changes.settled));
  const reversals = [...changes.reversals].map(([id, atMs]) => ({ id, at: instant(atMs) }));
  statement('reverse', statements.reverse, reversals);
  statement('insert-owed', statements.insertOwed, owed);
  const running = passes.flatMap(([, pass]) => (pass ? [passRow(accountId, pass)] : []));
  statement('put-passes', statements.putPasses, running);
  const entryRows = entries.map((entry) => entryRow(accountId, entry));
  statement('insert-entries', statements.insertEntries, entryRows);

  const hashAt = new Map(entries.map((entry) => [entry.sequence, entry.hash]));
  const wallets = [...changes.wallets.values()].map((wallet) => walletRow(wallet, hashAt));
  statement('update-wallets', statements.updateWallets, wallets);
  statement('enqueue-jobs', enqueueJobs, changes.jobs);
  // After the account's state, as whoever else writes the account's row takes the two in this order.
  const account = changes.account ? [termsRow(changes.account)] : [];
  statement('update-account', statements.updateAccount, account);
  // After the state's row: acts outside the ledger lock the two in this order.
  for (const event of changes.audits) {
    const values = [accountId, ...auditParameters(event)];
    made.push({ name: 'insert-audit', text: insertAuditEvent, values });
  }
  const last = entries.at(-1);
  if (last) {
    const { sequence, hash } = last;
    const values = [accountId, sequence, new Date(ledger.nowMs), Buffer.from(hash, 'hex')];
    made.push({ name: 'update-journal', text: statements.updateJournal, values });
  }
  return made;
}

const statements = {
  endPasses: `
    delete from running_passes where account_id = $1
      and agent_id in (select value::uuid from json_array_elements_text($2::json))`,
  forgive: `
    delete from emergency_passes where account_id = $1
      and consumption_id in (select value::uuid from json_array_elements_text($2::json))`,
  reverse: `
    update consumptions set reversed_at = reversed.at
    from json_to_recordset($2::json) as reversed (id uuid, at timestamptz)
    where consumptions.account_id = $1 and consumptions.id = reversed.id`,
  insertPurchases: `
    insert into purchases select * from json_populate_recordset(null::purchases, $2::json)
    where account_id = $1`,
  updateAgents: `
    update agents set name = new.name, type = new.type, status = new.status, role = new.role,
      time_zone = new.time_zone, sections = new.sections, activated_at = new.activated_at,
      revision = agents.revision + 1
    from json_to_recordset($2::json) as new (id uuid, name text, type text, status text, role text,
      time_zone text, sections text[], activated_at timestamptz)
    where agents.account_id = $1 and agents.id = new.id`,
  /** What was kept of bearers is forgotten with the provider's revision. */
  forgetSignIns: `
    update identity_providers set revision = revision + 1
    where account_id = $1 and id in (
      select provider_id from agent_identities where account_id = $1
        and agent_id in (select id from json_to_recordset($2::json) as new (id uuid)))`,
  unlinkIdentities: `
    delete from agent_identities where account_id = $1
      and agent_id in (select id from json_to_recordset($2::json) as new (id uuid))`,
  updateAddresses: `
    update agents set email = new.email
    from json_to_recordset($2::json) as new (id uuid, email text)
    where agents.account_id = $1 and agents.id = new.id`,
  deleteAgents: `
    delete from agents where account_id = $1
      and id in (select value::uuid from json_array_elements_text($2::json))`,
  revokeKeys: `
    update api_keys set revoked_at = new.revoked_at
    from json_to_recordset($2::json) as new (id uuid, revoked_at timestamptz)
    where api_keys.account_id = $1 and api_keys.id = new.id`,
  insertAgents: `
    insert into agents select * from json_populate_recordset(null::agents, $2::json)
    where account_id = $1`,
  endInvitations: `
    delete from invitations where account_id = $1
      and agent_id in (select value::uuid from json_array_elements_text($2::json))`,
  insertInvitations: `
    insert into invitations select * from json_populate_recordset(null::invitations, $2::json)
    where account_id = $1`,
  insertMails: `
    with old as (
      delete from invitation_mails where account_id = $1
        and send_at < (select min(send_at) - interval '2 days'
          from json_to_recordset($2::json) as made (send_at timestamptz))
    )
    insert into invitation_mails
    select * from json_populate_recordset(null::invitation_mails, $2::json) where account_id = $1`,
  updateAccount: `
    update accounts set plan = new.plan, billing_mode = new.billing_mode,
      emergency_ceiling = new.emergency_ceiling, closed_at = new.closed_at,
      gate_shuts_at = new.gate_shuts_at
    from json_to_recordset($2::json) as new (plan text, billing_mode text, emergency_ceiling int,
      closed_at timestamptz, gate_shuts_at timestamptz)
    where accounts.id = $1`,
  raiseState: `update state_revisions set revision = revision + 1 where account_id = $1`,
  settle: `
    update emergency_passes set settled_by_lot_id = paid.lot_id
    from json_to_recordset($2::json) as paid (consumption_id uuid, lot_id uuid)
    where emergency_passes.account_id = $1
      and emergency_passes.consumption_id = paid.consumption_id`,
  putLots: `
    insert into lots select * from json_populate_recordset(null::lots, $2::json)
    where account_id = $1
    on conflict (account_id, id) do update set remaining = excluded.remaining`,
  insertConsumptions: `
    insert into consumptions select * from json_populate_recordset(null::consumptions, $2::json)
    where account_id = $1`,
  insertOwed: `
    insert into emergency_passes
    select * from json_populate_recordset(null::emergency_passes, $2::json) where account_id = $1`,
  putPasses: `
    insert into running_passes
    select * from json_populate_recordset(null::running_passes, $2::json) where account_id = $1
    on conflict (account_id, agent_id) do update set consumption_id = excluded.consumption_id,
      wallet_id = excluded.wallet_id, expires_at = excluded.expires_at`,
  insertEntries: `
    insert into journal_entries
    select * from json_populate_recordset(null::journal_entries, $2::json) where account_id = $1`,
  updateWallets: `
    update wallets set name = new.name, balance = new.balance,
      low_balance_threshold = new.low_balance_threshold,
      emergency_allowance = new.emergency_allowance, frozen_at = new.frozen_at,
      last_sequence = new.last_sequence, last_wallet_sequence = new.last_wallet_sequence,
      last_hash = coalesce(new.last_hash, wallets.last_hash)
    from json_to_recordset($2::json) as new (id uuid, name text, balance int,
      low_balance_threshold int, emergency_allowance int, frozen_at timestamptz,
      last_sequence int, last_wallet_sequence int, last_hash bytea)
    where wallets.account_id = $1 and wallets.id = new.id`,
  updateJournal: `
    update journals set sequence = $2, last_instant = $3, last_hash = $4 where account_id = $1`,
};

const instant = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString());
const bytes = (hex: string) => `\\x${hex}`;
const minor = (money: Money | null) => money?.minor ?? null;
const currency = (money: Money | null) => money?.currency ?? null;

function termsRow(account: AccountTerms) {
  return {
    plan: account.plan,
    billing_mode: account.billingMode,
    emergency_ceiling: account.emergencyCeiling,
    closed_at: instant(account.closedAtMs),
    gate_shuts_at: instant(account.gateShutsAtMs),
  };
}

function lotRow(account_id: string, lot: Lot) {
  return {
    account_id,
    id: lot.id,
    wallet_id: lot.walletId,
    sequence: lot.sequence,
    quantity: lot.quantity,
    remaining: lot.remaining,
    priority: lot.priority,
    unit_price_minor: minor(lot.unitPrice),
    currency: currency(lot.unitPrice),
    expires_at: instant(lot.expiresAtMs),
    created_at: instant(lot.createdAtMs),
  };
}

function consumptionRow(account_id: string, row: Consumption) {
  return {
    account_id,
    id: row.id,
    agent_id: row.agentId,
    wallet_id: row.walletId,
    lot_id: row.lotId,
    ticket_id: row.ticketId,
    client_id: row.clientId,
    source: row.source,
    confirmation_id: row.confirmationId,
    sequence: row.sequence,
    time_zone: row.timeZone,
    utc_offset_minutes: row.utcOffsetMinutes,
    tzdata_version: row.tzdataVersion,
    local_date: row.localDate,
    starts_at: instant(row.startsAtMs),
    expires_at: instant(row.expiresAtMs),
    reversed_at: instant(row.reversedAtMs),
    emergency: row.emergency,
    price_minor: minor(row.price),
    price_currency: currency(row.price),
    consent_notice: row.consent?.notice ?? null,
    consent_locale: row.consent?.locale ?? null,
    consent_at: instant(row.consent?.atMs ?? null),
    session_key_id: row.consent?.sessionKeyId ?? null,
  };
}

function owedRow(account_id: string, row: Consumption, settled: Changes['settled']) {
  return {
    account_id,
    consumption_id: row.id,
    wallet_id: row.walletId,
    sequence: row.sequence,
    settled_by_lot_id: settled.get(row.id) ?? null,
  };
}

function passRow(account_id: string, pass: RunningPass) {
  return {
    account_id,
    agent_id: pass.agentId,
    consumption_id: pass.consumptionId,
    wallet_id: pass.walletId,
    expires_at: instant(pass.expiresAtMs),
  };
}

function entryRow(account_id: string, entry: SealedEntry) {
  return {
    account_id,
    sequence: entry.sequence,
    id: entry.id,
    kind: entry.kind,
    wallet_id: entry.walletId,
    wallet_sequence: entry.walletSequence,
    delta: entry.delta,
    balance: entry.balance,
    actor_kind: entry.actor?.kind ?? null,
    actor_id: entry.actor?.id ?? null,
    agent_id: entry.agentId,
    consumption_id: entry.consumptionId,
    payload: entry.payloadText,
    occurred_at: instant(entry.occurredAtMs),
    key: entry.key,
    key_digest: entry.keyDigest,
    command_id: entry.commandId,
    hash: bytes(entry.hash),
  };
}

function walletRow(wallet: Wallet, hashAt: ReadonlyMap<number, string>) {
  // Settings change without an entry: the hash of the last one stays.
  const hash = hashAt.get(wallet.lastSequence);
  return {
    id: wallet.id,
    name: wallet.name,
    balance: wallet.balance,
    low_balance_threshold: wallet.lowBalanceThreshold,
    emergency_allowance: wallet.emergencyAllowance,
    frozen_at: instant(wallet.frozenAtMs),
    last_sequence: wallet.lastSequence,
    last_wallet_sequence: wallet.lastWalletSequence,
    last_hash: hash ? bytes(hash) : null,
  };
}

function agentRow(agent: NamedAgent) {
  const { id, name, type, status, role, timeZone: time_zone, sections } = agent;
  const activated_at = instant(agent.activatedAtMs);
  return { id, name, type, status, role, time_zone, sections, activated_at };
}

function newAgentRow(account_id: string, agent: NewAgent) {
  const created_at = instant(agent.createdAtMs);
  return { account_id, ...agentRow(agent), email: agent.email, revision: 1, created_at };
}

function invitationRow(account_id: string, invitation: Invitation) {
  return {
    account_id,
    id: invitation.id,
    agent_id: invitation.agentId,
    token_hash: bytes(invitation.tokenHash),
    expires_at: instant(invitation.expiresAtMs),
    used_at: instant(invitation.usedAtMs),
  };
}

function mailRow(account_id: string, { id, address, sendAtMs }: InvitationMail) {
  return { account_id, id, address, send_at: instant(sendAtMs) };
}

function keyRow({ id, revokedAtMs }: ApiKey) {
  return { id, revoked_at: instant(revokedAtMs) };
}

function purchaseRow(account_id: string, row: Purchase) {
  return {
    account_id,
    id: row.id,
    wallet_id: row.walletId,
    lot_id: row.lotId,
    sequence: row.sequence,
    quantity: row.quantity,
    unit_price_minor: row.unitPrice.minor,
    total_minor: row.totalMinor,
    currency: row.unitPrice.currency,
    purchased_by: row.purchasedBy,
    purchased_at: instant(row.purchasedAtMs),
  };
}
