/** Faults of a request or of the server: `errors[].extensions.code` of a response. */
export const faultCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'DAY_PASS_REQUIRED',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CURSOR_UNKNOWN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'QUERY_TOO_COMPLEX',
  'RATE_LIMITED',
  'SERVICE_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
] as const;
export type FaultCode = (typeof faultCodes)[number];

/** Expected refusals: `userErrors` of a payload. Each states the rule that was broken. */
export type RefusalCode =
  | 'CONFIRMATION_INVALID'
  | 'CONFIRMATION_EXPIRED'
  | 'CONFIRMATION_STALE'
  | 'WALLET_EMPTY'
  | 'WALLET_FROZEN'
  | 'PASS_ALREADY_ACTIVE'
  | 'PASS_NOT_NEEDED'
  | 'AGENT_NOT_ACTIVE'
  | 'SECTION_NOT_PERMITTED'
  | 'SESSION_NOT_PERMITTED'
  | 'LAST_ADMIN'
  | 'EMAIL_TAKEN'
  | 'ACTIVATION_INVALID'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'PRICE_CHANGED'
  | 'QUANTITY_OUT_OF_RANGE'
  | 'NOT_REVERSIBLE'
  | 'NOT_DELETABLE'
  | 'LIMIT_REACHED'
  | 'URL_NOT_ALLOWED'
  | 'ROTATION_OPEN'
  | 'NOT_IN_FRONT'
  | 'NOT_FOUND'
  | 'VALIDATION_FAILED'
  | 'SANDBOX_ONLY'
  | 'NOT_PERMITTED'
  | 'CREDIT_LIMIT'
  | 'ACCOUNT_ON_HOLD'
  | 'PAYMENT_METHOD_MISSING'
  | 'NOT_CANCELABLE'
  | 'ACCOUNT_CLOSED';

/** A fault that the caller may read. An error that is not a DomainError is logged and masked. */
export class DomainError extends Error {
  override name = 'DomainError';

  /** The rule behind the code, for clients that want to explain more than the code does. */
  readonly reason: RefusalCode | 'ORIGIN_NOT_ALLOWED' | undefined;
  /** When another attempt is useful, if that is known. */
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly code: FaultCode,
    message: string,
    more: { reason?: RefusalCode | 'ORIGIN_NOT_ALLOWED'; retryAfterMs?: number } = {},
  ) {
    super(message);
    this.reason = more.reason;
    this.retryAfterMs = more.retryAfterMs;
  }
}
