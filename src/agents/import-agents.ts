import { inItem } from '../api/input.rules';
import type { UserError } from '../api/user-error';
import type { Attribution } from '../access/audit';
import type { AccountScope } from '../db/account-scope';
import { AgentRow } from '../db/tables/agent';
import type { AccountLedger } from '../ledger/account-ledger';
import type { Actor } from '../ledger/model/ledger';
import { changeAgent } from './change-agent';
import {
  planRow,
  readRow,
  repeated,
  type ImportedField,
  type ImportedRow,
  type RowPlan,
  type RowValues,
} from './import-agents.rules';
import { inviteAgent } from './invite-agent';
import { sectionsByDefault } from './invite-agent.type';

/** What happened to a row, or what would happen. */
export interface RowResult {
  outcome: RowPlan['outcome'];
  /** Null if the row was refused, or would create an agent. */
  agentRowId: string | null;
  changed: readonly ImportedField[];
  /** The token of the link to hand over; null if nobody hands one over. */
  activationToken: string | null;
  mailSent: boolean;
  userErrors: readonly UserError[];
}

interface Import {
  rows: readonly ImportedRow[];
  isDryRun: boolean;
  invites: boolean;
  /** The zone of a new agent whose row has none. */
  timeZone: string;
  actor: Actor | null;
  audit: Attribution;
}

/**
 * Adds and changes agents by their addresses, each row separately and by the command of the single
 * act. The ledger decides again, so a plan that was overtaken is made a second time. After a crash the
 * same import again does the rest. Refusals of rows: EMAIL_TAKEN, AGENT_NOT_ACTIVE, NOT_FOUND,
 * VALIDATION_FAILED.
 */
export async function importAgents(
  on: { scope: AccountScope; ledger: AccountLedger; activationKey: Uint8Array },
  given: Import,
): Promise<RowResult[]> {
  const read = given.rows.map(readRow);
  const seen = new Set<string>();
  const checked = read.map((row) => {
    if ('userErrors' in row) return row;
    if (seen.has(row.email)) return { userErrors: [repeated] };
    seen.add(row.email);
    return row;
  });
  const known = await agentsByEmail(on.scope, [...seen]);
  const results = await Promise.all(
    checked.map(async (row) =>
      'userErrors' in row
        ? refusedRow(row.userErrors)
        : importRow(on, given, { row, known: known.get(row.email) }),
    ),
  );
  return results.map((result, at) => ({
    ...result,
    userErrors: result.userErrors.map((error) => inItem(['rows', String(at)], error)),
  }));
}

type On = Parameters<typeof importAgents>[0];

async function importRow(
  on: On,
  given: Import,
  { row, known, isSecond }: { row: RowValues; known?: AgentRow; isSecond?: boolean },
): Promise<RowResult> {
  const plan = planRow(row, known);
  if (plan.outcome === 'REFUSED') return refusedRow(plan.userErrors);
  if (given.isDryRun || plan.outcome === 'UNCHANGED') return planned(plan, known);
  if (plan.outcome === 'UPDATED') return update(on, given, { row, known: known!, plan });
  const created = await create(on, given, row);
  const isOvertaken = created.userErrors[0]?.code === 'EMAIL_TAKEN' && !isSecond;
  if (!isOvertaken) return created;
  const now = await agentsByEmail(on.scope, [row.email]);
  return importRow(on, given, { row, known: now.get(row.email), isSecond: true });
}

async function create({ ledger, activationKey }: On, given: Import, row: RowValues) {
  const { invites, timeZone, actor, audit } = given;
  const { outcome, activationToken } = await inviteAgent(
    { ledger, activationKey },
    {
      name: row.name,
      email: row.email,
      type: row.type ?? 'OCCASIONAL',
      role: 'AGENT',
      timeZone: row.timeZone ?? timeZone,
      sections: row.sections ?? sectionsByDefault,
      isNew: true,
      isUnmailed: !invites,
      actor,
      audit,
    },
  );
  if (outcome.status === 'refused') return refusedRow([outcome]);
  const { agentId: agentRowId, sendsMail: mailSent } = outcome.result;
  return {
    ...planned({ outcome: 'CREATED' }),
    agentRowId,
    mailSent,
    activationToken: invites && !mailSent ? activationToken : null,
  };
}

async function update(
  { ledger }: On,
  { actor, audit }: Import,
  of: { row: RowValues; known: AgentRow; plan: RowPlan & { outcome: 'UPDATED' } },
): Promise<RowResult> {
  const { row, known, plan } = of;
  const changes = Object.fromEntries(plan.changed.map((field) => [field, row[field]]));
  const outcome = await changeAgent(ledger, { agentId: known.id, ...changes, actor, audit });
  return outcome.status === 'refused' ? refusedRow([outcome]) : planned(plan, known);
}

function planned(plan: RowPlan, known?: AgentRow): RowResult {
  return {
    outcome: plan.outcome,
    agentRowId: known?.id ?? null,
    changed: plan.outcome === 'UPDATED' ? plan.changed : [],
    activationToken: null,
    mailSent: false,
    userErrors: [],
  };
}

function refusedRow(userErrors: readonly UserError[]): RowResult {
  return { ...planned({ outcome: 'REFUSED', userErrors }), userErrors };
}

async function agentsByEmail(
  scope: AccountScope,
  emails: readonly string[],
): Promise<Map<string, AgentRow>> {
  const rows = await scope
    .select(AgentRow)
    .andWhere('row.email = any(:emails)', { emails })
    .getMany();
  return new Map(rows.map((row) => [row.email, row]));
}
