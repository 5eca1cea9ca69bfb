/** What the run found older than its sources when it began: see jest/global-setup.ts. */
const stale = (process.env.TEST_STALE_PARTS ?? '').split(' ');

/** Throws if a part of the build is older than its sources: a test of it would judge another program. */
export function requireFresh(
  ...parts: ('server' | 'code-cache' | 'gate' | 'pages' | 'docs')[]
): void {
  const old = parts.filter((part) => stale.includes(part));
  if (old.length === 0) return;
  throw new Error(
    `The build is older than the sources: ${old.join(', ')}. Run "npm run build:all"; "npm test" does it.`,
  );
}
