/*
 * The addresses of the API. A path may name an account, so that a balancer can send all requests of
 * one account to one process (docs/deploy.md). The service does not read this name: what a request
 * may do is decided by its credential alone. A check would protect nothing, would need the account
 * before the credential is known, and would show which accounts exist.
 */

/** The shape of a short name of an account. */
const slug = '[a-z0-9-]{1,63}';
const account = `/:account(^${slug}$)`;
/** `/graphql/stream` is the address of event streams, and never an account of this name. */
const otherAccount = `/:account(^(?!stream$)${slug}$)`;

/** Routes of the HTTP door. */
export const httpPaths = ['/graphql', `/graphql${otherAccount}`] as const;
/** Routes of the SSE door. */
export const ssePaths = ['/graphql/stream', `/graphql${account}/stream`] as const;

const socketPath = new RegExp(`^/graphql(/(?!stream$)${slug})?$`);

/** Whether a request for an upgrade is for the WebSocket door. */
export function isSocketPath(url = ''): boolean {
  return socketPath.test(url.split('?')[0]!);
}
