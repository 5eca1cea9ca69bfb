/** An address of the service, from a path relative to the pages' base. */
export function addressOf(path: string): string {
  return new URL(path, document.baseURI).href;
}

/** The base of the pages, without a slash at the end: '' unless the service is below a path. */
export function basePath(): string {
  return new URL(document.baseURI).pathname.replace(/\/+$/, '');
}
