import { hotWallet } from './hot-wallet';

/** Every measurement by its name: `npm run bench -- <name>`. */
const benches: Record<string, () => Promise<void>> = { 'hot-wallet': hotWallet };

const bench = benches[process.argv[2] ?? ''];
if (!bench) {
  process.stderr.write(`Name one of: ${Object.keys(benches).join(', ')}.\n`);
  process.exit(1);
}
bench().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
