import type { CpuPerRequest } from './support/cpu';
import type { Site } from './support/site';

/** One measured number beside what it is measured against. */
export interface Figure {
  name: string;
  /** What was counted or timed. */
  what: string;
  /** The simplest program that could do the same; null: no such program. */
  against: string | null;
  unit: '/s' | 'ms' | 's' | 'MB' | 'KB';
  ours: number;
  baseline: number | null;
  /**
   * `ours` divided by `baseline`, both medians of the same run; for two that differ by little, the median
   * of the pairs' ratios.
   */
  ratio: number | null;
  /** What the ratio, or the number itself, should be. */
  aim: string;
  rounds: number;
  /** What CPU one request costs, beside a rate; null: not counted. */
  cpu: { ours: CpuPerRequest | null; baseline: CpuPerRequest | null } | null;
}

/** One measurement: sets up what it needs on `site`, and returns the result. */
export type Bench = (site: Site) => Promise<Figure[]>;

/** A figure with the ratio that follows from it, if the measurement has none. */
export function figure(
  measured: Omit<Figure, 'ratio' | 'cpu'> & Partial<Pick<Figure, 'ratio' | 'cpu'>>,
): Figure {
  const { ours, baseline, cpu = null } = measured;
  const ratio = measured.ratio ?? (baseline === null ? null : ours / baseline);
  return { ...measured, ratio, cpu };
}

/** The CPU of a request of each kind: of the process that answers, and of PostgreSQL. */
export function cpuInWords({ cpu }: Pick<Figure, 'cpu'>): string {
  const kinds = [cpu?.ours, cpu?.baseline].map((kind) =>
    kind ? `${kind.service.toFixed(2)} + ${kind.postgres.toFixed(2)} ms` : '',
  );
  return kinds.filter(Boolean).join('; baseline ');
}

/** A number with its unit, as a person reads it. */
export function inWords(value: number, unit: Figure['unit']): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const text = value.toLocaleString('en', {
    minimumFractionDigits: unit === '/s' ? 0 : digits,
    maximumFractionDigits: unit === '/s' ? 0 : digits,
  });
  return unit === '/s' ? `${text}/s` : `${text} ${unit}`;
}
