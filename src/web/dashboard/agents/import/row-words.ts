import { messageOf } from '../../../ui/message-of';
import { words } from '../../../words';
import { textOf } from '../../../words/text-of';
import type { FileRow } from './agent-file';
import type { Answers, RowAnswer } from './send-rows';

/** A row of the file with what will happen to it and what has happened. */
export interface ShownRow extends FileRow {
  planned: RowAnswer | null;
  done: RowAnswer | null;
}

export type Outcome = RowAnswer['outcome'];

export function shownRows(rows: readonly FileRow[], plan: Answers, done: Answers): ShownRow[] {
  return rows.map((row) => ({
    ...row,
    planned: plan.get(row.id) ?? null,
    done: done.get(row.id) ?? null,
  }));
}

/** Null as long as the service has not answered. */
export function outcomeOf({ faults, planned, done }: ShownRow): Outcome | null {
  return faults.length > 0 ? 'REFUSED' : ((done ?? planned)?.outcome ?? null);
}

/** The outcome in one word: of the plan, or of the import. */
export function outcomeWord(row: ShownRow): string {
  const outcome = outcomeOf(row);
  if (outcome === null) return words.importAgents.waiting;
  return row.done ? words.importAgents.did[outcome] : words.importAgents.will[outcome];
}

/** What changes, or why the row is not imported. */
export function detailsOf(row: ShownRow): string {
  const { faults, planned, done, input } = row;
  if (faults.length > 0) return faults.map((fault) => words.importAgents.fault[fault]).join(' ');
  const answer = done ?? planned;
  switch (answer?.outcome) {
    case 'REFUSED':
      return answer.userErrors.map(wordOf).join(' ');
    case 'UPDATED': {
      // The plan has the agent as it was before.
      const before = planned?.agent;
      const { name, type, timeZone } = input;
      const values: Partial<Record<(typeof answer.changes)[number], [string, string]>> = {
        NAME: [before?.name ?? '', name],
        TYPE: [before ? words.agents.type[before.type] : '', type ? words.agents.type[type] : ''],
        TIME_ZONE: [before?.timeZone ?? '', done?.agent?.timeZone ?? timeZone ?? ''],
      };
      const changes = answer.changes.flatMap((field) => {
        const [from, to] = values[field] ?? [];
        return from !== undefined && to !== undefined ? words.importAgents.fromTo(from, to) : [];
      });
      return changes.join('; ');
    }
    case 'CREATED':
      if (!done) return '';
      if (done.activationLink) return words.importAgents.link;
      return done.mailSent ? words.importAgents.mailed : words.importAgents.unmailed;
    case 'UNCHANGED':
    case undefined:
      return '';
  }
}

function wordOf(error: RowAnswer['userErrors'][number]): string {
  if (error.code === 'AGENT_NOT_ACTIVE') return words.importAgents.deactivated;
  const field = error.code === 'VALIDATION_FAILED' ? (error.field?.[2] ?? '') : '';
  return textOf(words.importAgents.wrong, field) ?? messageOf(error);
}
