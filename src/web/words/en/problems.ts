/** What went wrong, and what to do about it, by the code of the service's refusal. */
export const problems = {
  ofCode: {
    NO_ANSWER: 'The service did not answer. Check your connection, then try again.',
    SERVICE_UNAVAILABLE: 'The service is busy or restarting. Try again in a moment.',
    RATE_LIMITED: 'Too many requests. Wait a moment, then try again.',
    INTERNAL_SERVER_ERROR: 'Something went wrong on our side. Nothing was lost. Try again.',
    FORBIDDEN: 'You don’t have permission. Ask an account admin.',
    ORIGIN_NOT_ALLOWED:
      'The service does not accept requests from this address. Ask its operator to set PUBLIC_URL to it.',
    DAY_PASS_REQUIRED: 'This needs a day pass. Enter the agent portal, then come back.',
    NOT_FOUND: 'This no longer exists, or you cannot see it.',
    IDEMPOTENCY_KEY_REUSED:
      'This was already sent with different values. Reload the page, then try again.',
    LAST_ADMIN:
      'This is the last active full-time account admin, and one must remain. Make another full-time agent an account admin first.',
    EMAIL_TAKEN:
      'Another agent of this service desk already has this email address. Look for them in the list.',
    NOT_DELETABLE:
      'Only an invited agent without tickets and day passes can be deleted. Deactivate this agent instead.',
    LIMIT_REACHED:
      'The account has reached its limit. Remove one that is not used, then try again.',
    URL_NOT_ALLOWED: 'Enter an https address on the public internet, without a password in it.',
    ROTATION_OPEN: 'The previous secret is still valid. Rotate again when it has ended.',
    NOT_IN_FRONT: 'Another event is in front now. Look at the page again.',
    ACCOUNT_CLOSED: 'This account is closed, so day passes cannot be used.',
    WALLET_EMPTY: 'No day passes are left. Buy some first.',
    WALLET_FROZEN: 'The wallet is frozen. Unfreeze it in Settings first.',
    PROVIDER_NOT_REACHED: 'The identity provider cannot be reached. Try again in a moment.',
    PROVIDER_NOT_A_PAGE: 'The identity provider’s address is not a web page. Ask an account admin.',
    PROVIDER_REFUSED: 'The identity provider did not sign you in. Try again.',
    PAGE_NOT_SECURE:
      'You can sign in with your organisation only at an https address. Ask the operator of this service for it.',
    SIGN_IN_NOT_STARTED: 'This sign-in was not started in this tab. Start again.',
  } as Record<string, string>,
  other: 'That did not work. Try again.',
};
