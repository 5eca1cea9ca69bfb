import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Figure } from '../figure';
import type { Machine } from './machine';
import { root } from './program';

/** A stored figure: with its date, and how busy the machine was when it began. */
export interface TakenFigure extends Figure {
  takenAt: string;
  loadAverage: number;
}

export interface Results {
  machine: Machine;
  figures: TakenFigure[];
}

const file = path.join(root, 'bench/results.json');

/** Writes figures into results.json, in place of those of the same names; answers all of them. */
export function saveResults(machine: Machine, taken: readonly TakenFigure[]): Results {
  const last = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : null;
  const before = last?.figures ?? [];
  const figures = before.map((old) => taken.find(({ name }) => name === old.name) ?? old);
  const names = new Set(figures.map(({ name }) => name));
  const results = {
    // A run that opened no database keeps the release of the run before.
    machine: { ...machine, postgres: machine.postgres ?? last?.machine.postgres },
    figures: [...figures, ...taken.filter(({ name }) => !names.has(name))],
  };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  return results;
}
