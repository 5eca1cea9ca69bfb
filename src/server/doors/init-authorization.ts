/**
 * The authorization of a socket, from any place where clients put it: `authorization` or
 * `headers.authorization` in `connection_init`, each in upper or lower case, or the bearer token of
 * the handshake. Null if the handshake has no token, or only the word "Bearer".
 */
export function authorizationOf(
  init: Readonly<Record<string, unknown>> | undefined,
  handshake: string | undefined,
): string | null {
  const headers = valuesOf(init, 'headers').flatMap((value) =>
    isObject(value) ? valuesOf(value, 'authorization') : [],
  );
  const given = [...valuesOf(init, 'authorization'), ...headers].find(isGiven);
  if (given !== undefined) return given;
  // A proxy's own credential (Basic) is in the same header, and is not for us.
  return isGiven(handshake) && /^bearer /i.test(handshake) ? handshake : null;
}

/** The value of a name, the exact spelling first. */
function valuesOf(object: Readonly<Record<string, unknown>> | undefined, name: string): unknown[] {
  return Object.entries(object ?? {})
    .filter(([key]) => key.toLowerCase() === name)
    .sort(([key]) => (key === name ? -1 : 1))
    .map(([, value]) => value);
}

function isGiven(value: unknown): value is string {
  return typeof value === 'string' && !/^\s*(bearer\s*)?$/i.test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
