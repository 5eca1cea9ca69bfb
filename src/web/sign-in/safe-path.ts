/** Any origin does: it is only seen whether a path leaves it. */
const here = 'https://daypass.invalid';

/**
 * A path of our own pages, to go to after the sign-in; `/` for everything else. Browsers read `/\name`
 * and `/<tab>/name` as they read `//name`, which is another site, so the browser's own reading decides.
 */
export function safePath(path: string | null): string {
  if (!path?.startsWith('/') || !URL.canParse(path, here)) return '/';
  const { origin, pathname, search, hash } = new URL(path, here);
  // `/.//name` stays on this origin when it is read, and leaves it when what was read is read again.
  if (origin !== here || pathname.startsWith('//')) return '/';
  return `${pathname}${search}${hash}`;
}

/** Whether an address is a web page's: a browser would run the text of a `javascript:` one here. */
export function isWebAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}
