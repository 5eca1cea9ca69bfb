import { Fault } from '../api/fault';

/** What to do about a code, in words for whoever met it. */
const wordsOf: Record<string, string> = {
  NO_ANSWER: 'The service did not answer. Check the network, then try again.',
  SERVICE_UNAVAILABLE: 'The service is busy or restarting. Try again in a moment.',
  RATE_LIMITED: 'That was asked too often. Wait a moment, then try again.',
  INTERNAL_SERVER_ERROR: 'Something went wrong on our side. Try again; nothing was lost.',
  FORBIDDEN: 'You may not do this. Ask an account admin of yours.',
  ORIGIN_NOT_ALLOWED:
    'The service does not accept the address of this page as its own. Its operator has to set PUBLIC_URL to it.',
  DAY_PASS_REQUIRED: 'This needs a day pass. Enter the agent portal, then come back.',
  NOT_FOUND: 'There is nothing of that kind here any more.',
  IDEMPOTENCY_KEY_REUSED:
    'This was sent before with other values. Reload the page, then try again.',
  LAST_ADMIN:
    'This is the last active full-time account admin, and one must remain. Make another full-time agent an account admin first.',
  EMAIL_TAKEN: 'Somebody of this service desk has that address already. Look for them in the list.',
  NOT_DELETABLE:
    'Only an agent who is invited, and whom no ticket or pass names, can be deleted. Deactivate them instead.',
  LIMIT_REACHED:
    'The account has as many as it may have. Remove one that is not used, then try again.',
  ACCOUNT_CLOSED: 'This account was closed, so no day passes can be used.',
  WALLET_EMPTY: 'No day passes are left. Buy some first.',
  WALLET_FROZEN: 'The wallet is frozen. Unfreeze it in the settings first.',
};

/** What went wrong, and what to do about it. */
export function saysOf(problem: { code: string; message?: string | null } | Error): string {
  const code = problem instanceof Error ? codeOf(problem) : problem.code;
  return wordsOf[code] ?? (problem.message || 'That did not work. Try again.');
}

function codeOf(error: Error): string {
  return error instanceof Fault ? error.code : 'INTERNAL_SERVER_ERROR';
}
