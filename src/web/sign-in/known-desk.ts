import { keep, readKept } from '../session/kept';

/** The service desk of the last sign-in in this browser. */
export interface KnownDesk {
  slug: string;
  name: string;
}

const dayMs = 86_400_000;
/** Longer than most people stay away; a shared computer forgets it at last. */
const keeping = { name: 'desk', in: 'browser', forMs: 180 * dayMs } as const;

export function rememberDesk({ slug, name }: KnownDesk): void {
  keep(keeping, { slug, name });
}

export function knownDesk(): KnownDesk | null {
  const kept = readKept<Partial<KnownDesk>>(keeping);
  if (typeof kept?.slug !== 'string' || typeof kept.name !== 'string') return null;
  return { slug: kept.slug, name: kept.name };
}
