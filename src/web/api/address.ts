/** An address of the service, from a path relative to the pages' base. */
export function addressOf(path: string): string {
  return new URL(path, document.baseURI).href;
}

let account: string | null = null;

/** From now on, requests name this account to balancers, or none. What they may do is decided by their bearer token. */
export function nameAccount(slug: string | null): void {
  account = slug;
}

/** The address of the API; with the account, once a page knows it (docs/deploy.md). */
export function apiAddress(): string {
  // `/graphql/stream` is the address of event streams.
  return addressOf(account === null || account === 'stream' ? 'graphql' : `graphql/${account}`);
}

/** The base of the pages, without a slash at the end: '' unless the service is below a path. */
export function basePath(): string {
  return new URL(document.baseURI).pathname.replace(/\/+$/, '');
}
