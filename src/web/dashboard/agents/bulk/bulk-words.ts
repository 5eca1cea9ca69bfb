import { messageOf } from '../../../ui/message-of';
import { words } from '../../../words';
import { sections as allSections } from '../agent-words';
import { messageOfTickets, type OpenTickets } from '../open-tickets';
import type { BulkAct, PlannedRow } from './plan-acts';
import type { ActAnswer, Results, RowResult } from './run-acts';

/** A row of the preview, with what has happened to it. */
export interface BulkRow extends PlannedRow {
  act: BulkAct;
  result: RowResult | null;
  /** Whether the act has begun: then a row without a result waits. */
  hasBegun: boolean;
  openTickets: OpenTickets;
}

export type BulkState = 'CHANGE' | 'SKIP' | 'DONE' | 'FAILED' | 'WAITING';

export function bulkRows(
  plan: readonly PlannedRow[],
  results: Results,
  given: Pick<BulkRow, 'act' | 'hasBegun' | 'openTickets'>,
): BulkRow[] {
  return plan.map((row) => ({ ...row, ...given, result: results.get(row.id) ?? null }));
}

export function stateOf({ skip, result, hasBegun }: BulkRow): BulkState {
  if (skip !== null) return 'SKIP';
  if (result) return 'done' in result ? 'DONE' : 'FAILED';
  return hasBegun ? 'WAITING' : 'CHANGE';
}

/** What will happen or has happened to an agent, or why nothing does. */
export function detailsOf(row: BulkRow): string {
  const { act, skip, result, agent } = row;
  if (skip === 'isSoAlready') return words.bulkAgents.already[act];
  if (skip !== null) return words.bulkAgents.skip[skip];
  if (!result) {
    const text = plannedOf(row);
    return agent.activeDayPass ? words.bulkAgents.withPass(text) : text;
  }
  if ('done' in result) return doneOf(row, result.done);
  const isTooSoon = act === 'INVITE' && result.failed.code === 'RATE_LIMITED';
  return isTooSoon ? words.bulkAgents.tooSoon : messageOf(result.failed);
}

function plannedOf(row: BulkRow): string {
  const { act, agent } = row;
  switch (act) {
    case 'SECTIONS':
      return sectionsText(row);
    case 'INVITE':
      return words.bulkAgents.will.INVITE(agent.email);
    case 'FULL_TIME':
    case 'OCCASIONAL':
    case 'DEACTIVATE':
    case 'REACTIVATE':
      return words.bulkAgents.will[act];
  }
}

function doneOf(row: BulkRow, answer: ActAnswer): string {
  const { act, agent, openTickets } = row;
  switch (act) {
    case 'DEACTIVATE':
      return words.bulkAgents.did.DEACTIVATE(
        messageOfTickets(answer.openTicketCount ?? 0, openTickets),
      );
    case 'REACTIVATE':
      return answer.agent?.status === 'INVITED'
        ? words.bulkAgents.did.REACTIVATE_INVITED
        : words.bulkAgents.did.REACTIVATE;
    case 'SECTIONS':
      return sectionsText(row);
    case 'INVITE':
      return answer.mailSent
        ? words.bulkAgents.did.INVITE_MAILED(agent.email)
        : words.bulkAgents.did.INVITE_UNMAILED;
    case 'FULL_TIME':
    case 'OCCASIONAL':
      return words.bulkAgents.did[act];
  }
}

function sectionsText({ agent, sections }: BulkRow): string {
  const named = (has: readonly string[], lacks: readonly string[]) =>
    allSections
      .filter((one) => has.includes(one) && !lacks.includes(one))
      .map((one) => words.agents.section[one])
      .join(', ');
  const [added, removed] = [named(sections, agent.sections), named(agent.sections, sections)];
  return [added && words.bulkAgents.added(added), removed && words.bulkAgents.removed(removed)]
    .filter(Boolean)
    .join(' ');
}
