import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cpuInWords, inWords, type Figure } from '../figure';
import { root } from './program';
import type { Results } from './results';

const file = path.join(root, 'README.md');
const begin = '<!-- bench:begin, written by npm run bench -->';
const end = '<!-- bench:end -->';

/** Puts the results into the README, between the markers, which have to be there. */
export function writeReadmeTable(results: Results): void {
  const text = readFileSync(file, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no "${begin}" before "${end}".`);
  const before = text.slice(0, from + begin.length);
  writeFileSync(file, `${before}\n${section(results)}\n${text.slice(to)}`);
}

function section({ machine, figures }: Results): string {
  const { cores, processor, memoryGB, node, postgres, platform } = machine;
  const days = figures.map(({ takenAt }) => takenAt.slice(0, 10)).sort();
  const dates = [...new Set([days.at(0), days.at(-1)])];
  return [
    '',
    `On ${cores} cores (${processor}), ${memoryGB} GB, ${platform}, Node ${node}, PostgreSQL`,
    `${postgres}; ${dates.join(' to ')}. The load, the service, the baseline and PostgreSQL share the`,
    'machine. Medians of rounds taken by turns. CPU is that of one request: of the process that answers',
    'and of PostgreSQL.',
    '',
    '| figure | what | Daypass | baseline | ratio | aim | CPU |',
    '|---|---|---|---|---|---|---|',
    ...figures.map(row),
    '',
  ].join('\n');
}

function row(figure: Figure): string {
  const { name, what, against, unit, ours, baseline, ratio, aim } = figure;
  const compared = baseline === null ? '' : `${inWords(baseline, unit)}: ${against}`;
  const cells = [
    name,
    what,
    inWords(ours, unit),
    compared,
    ratio?.toFixed(2) ?? '',
    aim,
    cpuInWords(figure),
  ];
  return `| ${cells.join(' | ')} |`;
}
