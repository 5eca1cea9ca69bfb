/** The fault that the service returned in place of data, or the lack of any answer. */
export class Fault extends Error {
  constructor(
    /** One of the service's codes; NO_ANSWER: the network or the service cannot be reached. */
    readonly code: string,
    message: string = code,
  ) {
    super(message);
  }

  /** Whether the same request may succeed in a moment. */
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
  // Plain FORBIDDEN is about the person; this is about the address at which the page was opened.
  const isOrigin = reason === 'ORIGIN_NOT_ALLOWED';
  return new Fault(isOrigin ? reason : String(code), first?.message);
}
