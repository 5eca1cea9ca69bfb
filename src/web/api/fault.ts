/** What the service answers in place of data, or that it did not answer at all. */
export class Fault extends Error {
  constructor(
    /** Of the closed list of the service's codes; NO_ANSWER: the network or the service is away. */
    readonly code: string,
    message: string = code,
  ) {
    super(message);
  }

  /** Whether the same may go well in a moment. */
  get isPassing(): boolean {
    return ['NO_ANSWER', 'SERVICE_UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR'].includes(
      this.code,
    );
  }
}

/** The first of an answer's errors. */
export function faultOf(
  errors: readonly { message?: string; extensions?: Record<string, unknown> }[] | undefined = [],
): Fault {
  const [first] = errors;
  const { code = 'INTERNAL_SERVER_ERROR', reason } = first?.extensions ?? {};
  // FORBIDDEN by itself is about the person; this is about the address that the page was opened at.
  const isOrigin = reason === 'ORIGIN_NOT_ALLOWED';
  return new Fault(isOrigin ? reason : String(code), first?.message);
}
