import { refuseAddress, refuseMailedNames } from '../api/input.rules';
import type { UserError } from '../api/user-error';
import { canonicalAddress } from '../core/mailbox';
import type { AgentRow } from '../db/tables/agent';
import { findZone } from '../time/zone-database';

/** An agent as another service desk exports it. What is left out stays as it is. */
export interface ImportedRow {
  name: string;
  email: string;
  type?: AgentRow['type'] | null;
  timeZone?: string | null;
  sections?: readonly string[] | null;
}

/** The fields that a row may change on an agent who exists. */
export type ImportedField = 'name' | 'type' | 'timeZone' | 'sections';
export const importedFields: readonly ImportedField[] = ['name', 'type', 'timeZone', 'sections'];

/** The valid values of a row. A field that was left out is undefined. */
export interface RowValues {
  name: string;
  email: string;
  type?: AgentRow['type'];
  timeZone?: string;
  sections?: readonly string[];
}

/** What a row does, given the agent who has its address. */
export type RowPlan =
  | { outcome: 'CREATED' }
  | { outcome: 'UPDATED'; changed: readonly ImportedField[] }
  | { outcome: 'UNCHANGED' }
  | { outcome: 'REFUSED'; userErrors: readonly UserError[] };

/** The values of a row, or every fault of its fields. */
export function readRow(row: ImportedRow): RowValues | { userErrors: UserError[] } {
  const { type, sections } = row;
  const [name, email, zone] = [row.name.trim(), row.email.trim(), row.timeZone?.trim()];
  const timeZone = zone ? findZone(zone) : undefined;
  const userErrors = [
    refuseMailedNames({ name: [name, 200] }),
    refuseAddress('email', email),
    timeZone === null ? unknownZone : null,
  ].filter((error) => error !== null);
  if (userErrors.length > 0) return { userErrors };
  return {
    name,
    email: canonicalAddress(email)!,
    ...(type != null && { type }),
    ...(timeZone != null && { timeZone }),
    ...(sections != null && { sections: [...new Set(sections)] }),
  };
}

/**
 * A row of a new address creates an agent; a row of a known address changes what differs. So the same
 * import again changes nothing, and mails nothing.
 */
export function planRow(values: RowValues, known: AgentRow | undefined): RowPlan {
  if (!known) return { outcome: 'CREATED' };
  if (known.status === 'DEACTIVATED') return refusal(deactivated);
  const changed = importedFields.filter((field) => differs(values[field], known[field]));
  if (changed.length === 0) return { outcome: 'UNCHANGED' };
  if (changed.includes('type') && known.role === 'ACCOUNT_ADMIN') return refusal(adminsType);
  return { outcome: 'UPDATED', changed };
}

/** A row whose address an earlier row of the same import has. */
export const repeated: UserError = {
  code: 'EMAIL_TAKEN',
  message: 'An earlier row of this import has the same e-mail address. Remove one of them.',
  field: ['email'],
};

const unknownZone: UserError = {
  code: 'VALIDATION_FAILED',
  message: 'timeZone must be a time zone name of IANA, Rails or Windows, e.g. Europe/Berlin.',
  field: ['timeZone'],
};

const deactivated: UserError = {
  code: 'AGENT_NOT_ACTIVE',
  message: 'The agent with this address is deactivated. Reactivate the agent, then import again.',
  field: ['email'],
};

const adminsType: UserError = {
  code: 'VALIDATION_FAILED',
  message: 'An import does not change the type of an account admin. Use convertAgent.',
  field: ['type'],
};

function refusal(error: UserError): RowPlan {
  return { outcome: 'REFUSED', userErrors: [error] };
}

function differs(value: string | readonly string[] | undefined, present: string | string[]) {
  if (value === undefined) return false;
  if (typeof value === 'string') return value !== present;
  return value.length !== present.length || value.some((one) => !present.includes(one));
}
