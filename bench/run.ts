import 'reflect-metadata';
import { deliveries } from './deliveries';
import { fanOut } from './fan-out';
import { cpuInWords, inWords, type Bench, type Figure } from './figure';
import { history } from './history';
import { hotWallet } from './hot-wallet';
import { midnight, midnightOfFollowers } from './midnight';
import { plainConsume, plainList } from './postgraphile';
import { pages } from './pages';
import { gate, page } from './reads';
import { refusal } from './refusal';
import { silence } from './silence';
import { spread } from './spread';
import { stall } from './stall';
import { start } from './start';
import { describeMachine, loadAverage } from './support/machine';
import { readOptions, type BenchOptions } from './support/options';
import { writeReadmeTable } from './support/readme-table';
import { saveResults, type TakenFigure } from './support/results';
import { Site } from './support/site';

/**
 * Every measurement by its name. `npm run bench -- gate` runs one, `npm run bench` all of them and
 * writes results.json and the README's table; `--save` does so for the named ones too.
 */
const benches: Record<string, Bench> = {
  'hot-wallet': hotWallet,
  deliveries,
  spread,
  silence,
  gate,
  page,
  pages,
  'postgraphile-list': plainList,
  'postgraphile-consume': plainConsume,
  refusal,
  'fan-out': fanOut,
  midnight,
  'midnight-followers': midnightOfFollowers,
  stall,
  history,
  start,
};

async function run(options: BenchOptions): Promise<void> {
  const unknown = options.names.find((name) => !benches[name]);
  if (unknown) throw new Error(`There is no ${unknown}: ${Object.keys(benches).join(', ')}.`);
  const names = options.names.length > 0 ? options.names : Object.keys(benches);
  const isOfRecord = options.save || (options.names.length === 0 && options.scale === 1);
  const taken: TakenFigure[] = [];
  let postgres: string | undefined;
  for (const name of names) {
    const one = await runOne(name, options);
    taken.push(...one.figures);
    postgres ??= one.postgres;
  }
  if (!isOfRecord) return;
  writeReadmeTable(saveResults(describeMachine(postgres), taken));
}

async function runOne(name: string, options: BenchOptions) {
  const before = { takenAt: new Date().toISOString(), loadAverage: loadAverage() };
  console.log(`${name} (load average ${before.loadAverage})`);
  const { result: figures, postgres } = await onSite(options, benches[name]!);
  for (const figure of figures) console.log(`  ${sentence(figure)}`);
  return { figures: figures.map((figure) => ({ ...figure, ...before })), postgres };
}

function sentence(figure: Figure): string {
  const { name, unit, ours, baseline, ratio } = figure;
  const compared =
    baseline === null ? '' : `, baseline ${inWords(baseline, unit)}: ${ratio?.toFixed(2)} times`;
  const cpu = cpuInWords(figure);
  return `${name}: ${inWords(ours, unit)}${compared}${cpu && `; CPU ${cpu}`}`;
}

/** The site that is being measured on; a signal closes it, so that nothing is left running. */
let current: Site | undefined;

async function onSite<Result>(
  options: BenchOptions,
  work: (site: Site) => Promise<Result>,
): Promise<{ result: Result; postgres: string | undefined }> {
  const site = new Site(options);
  current = site;
  try {
    return { result: await work(site), postgres: site.postgres };
  } finally {
    current = undefined;
    await site.close();
  }
}

// Some senders signal twice (a terminal, `timeout`): the second must not cut the closing short.
let isEnding = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isEnding) return;
    isEnding = true;
    void Promise.resolve(current?.close()).finally(() => process.exit(130));
  });
}

Promise.resolve()
  .then(() => run(readOptions(process.argv.slice(2))))
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
