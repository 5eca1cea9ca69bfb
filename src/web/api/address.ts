/** An address of the service, from one that is relative to where its pages begin. */
export function addressOf(path: string): string {
  return new URL(path, document.baseURI).href;
}

/** Where the pages begin, without the slash at its end: '' unless the service is below a path. */
export function basePath(): string {
  return new URL(document.baseURI).pathname.replace(/\/+$/, '');
}
