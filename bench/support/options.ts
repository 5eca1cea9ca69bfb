import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Which figures; empty: all. */
  names: readonly string[];
  /** Multiplies the sizes: `--scale 0.05` tries a bench out. Official figures are measured at 1. */
  scale: number;
  /** How many entries the long journal of `history` has. */
  entries: number;
  /** Whether the README's table and results.json are written; always so if all are run. */
  save: boolean;
  /** The commit that midnight, stall and start are compared with; null: none. */
  base: string | null;
  /** How long the service is left alone before a consumption of `silence`. */
  silenceSeconds: number;
}

/** As many entries as are made and measured in less than five minutes on two cores. */
const entriesByDefault = 1_000_000;
const entriesMax = 5_000_000;
/** Where the work on these figures began. */
const baseByDefault = '41bae18';

/** Reads `npm run bench -- …`. Throws an Error that says what is wrong. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      scale: { type: 'string', default: '1' },
      entries: { type: 'string', default: String(entriesByDefault) },
      save: { type: 'boolean', default: false },
      base: { type: 'string', default: baseByDefault },
      silence: { type: 'string', default: '30' },
    },
  });
  return {
    names: positionals,
    scale: between(values.scale, { name: 'scale', least: 0.001, most: 1 }),
    entries: between(values.entries, { name: 'entries', least: 20_000, most: entriesMax }),
    save: values.save,
    base: values.base === 'none' ? null : values.base,
    silenceSeconds: between(values.silence, { name: 'silence', least: 0.1, most: 600 }),
  };
}

function between(
  text: string,
  { name, least, most }: { name: string; least: number; most: number },
) {
  const value = Number(text);
  if (value >= least && value <= most) return value;
  throw new Error(`--${name} must be from ${least} to ${most}.`);
}
