import { Fault } from '../api/fault';
import { words } from '../words';
import { textOf } from '../words/text-of';

/** What went wrong, and what to do about it. A code without a text here brings the service's own message. */
export function messageOf(problem: { code: string; message?: string | null } | Error): string {
  const code = problem instanceof Error ? codeOf(problem) : problem.code;
  return textOf(words.problems.ofCode, code) ?? (problem.message || words.problems.other);
}

function codeOf(error: Error): string {
  return error instanceof Fault ? error.code : 'INTERNAL_SERVER_ERROR';
}
