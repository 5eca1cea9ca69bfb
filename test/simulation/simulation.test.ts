import { size } from '../support/size';
import { newSeed, tellFailure } from './report';
import { simulate, type Report } from './simulate';

/** Together some seconds; a slow machine makes fewer new runs, not longer ones. */
const fixed = { seeds: [2, 12], steps: size(14_000, 100_000) };
const freshMs = size(500, 60_000);

async function run(
  seed: number,
  bounds: { steps: number; isOver?: () => boolean },
): Promise<Report> {
  const report = await simulate(seed, bounds);
  if (report.failure) throw new Error(await tellFailure(seed, report.failure));
  return report;
}

/** What must have come up for the recorded runs together to have tried anything. */
const everyday = [
  'DayPassConsumed in an emergency',
  'DayPassExpired',
  'DayPassLotExpired',
  'DayPassReversed paying',
  'DayPassReversed while owed',
  'DayPassWalletEmpty',
  'DayPassWalletLow',
  'DayPassesGranted paying',
  'DayPassesPurchased paying',
  'advance-clock SANDBOX_ONLY',
  'advance-clock accepted',
  'change-agent LAST_ADMIN',
  'consume CONFIRMATION_EXPIRED',
  'consume CONFIRMATION_INVALID',
  'consume CONFIRMATION_STALE',
  'consume PASS_ALREADY_ACTIVE',
  'consume PASS_NOT_NEEDED',
  'consume WALLET_EMPTY',
  'consume WALLET_FROZEN',
  'consume accepted',
  'consume replayed',
  'consume-by-key CONFIRMATION_STALE',
  'consume-by-key NOT_FOUND',
  'consume-by-key SECTION_NOT_PERMITTED',
  'consume-by-key WALLET_EMPTY',
  'consume-by-key WALLET_FROZEN',
  'consume-by-key accepted',
  'grant IDEMPOTENCY_KEY_REUSED',
  'grant replayed',
  'DayPassOrderCanceled',
  'DayPassOrderPaid',
  'InvoiceIssued',
  'cancel-order NOT_CANCELABLE',
  'cancel-order accepted',
  'credit-invoice VALIDATION_FAILED',
  'credit-invoice accepted',
  'credit-invoice replayed',
  'purchase ACCOUNT_ON_HOLD',
  'purchase CREDIT_LIMIT',
  'purchase NOT_PERMITTED',
  'purchase PRICE_CHANGED',
  'purchase replayed',
  'record-payment VALIDATION_FAILED',
  'record-payment accepted',
  'record-payment replayed',
  'reverse NOT_REVERSIBLE',
  'reverse accepted',
  'revoke-key accepted',
  'webhook delivered',
  'webhook gone',
  'webhook killed',
  'webhook killed after it',
  'webhook late',
  'webhook overtaken',
  'webhook refused',
  'webhook replayed',
  'webhook resumed',
  'webhook skipped',
];

test('the promises hold in recorded runs', async () => {
  const met = new Set<string>();
  for (const seed of fixed.seeds) {
    for (const what of (await run(seed, fixed)).met.keys()) met.add(what);
  }
  expect(everyday.filter((what) => !met.has(what))).toEqual([]);
});

test('the promises hold in random runs', async () => {
  const seed = newSeed();
  console.log(`npm run simulate -- --seed ${seed}`);
  const endsAt = performance.now() + freshMs;
  const { lives } = await run(seed, { steps: Infinity, isOver: () => performance.now() > endsAt });
  expect(lives).toBeGreaterThan(0);
});

test('the same seed gives the same run', async () => {
  const runs = await Promise.all([1, 2].map(() => simulate(7, { steps: 5_000 })));
  expect(runs[0]).toEqual(runs[1]);
});
