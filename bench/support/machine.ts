import { cpus, loadavg, totalmem } from 'node:os';

/** The machine of the figures. */
export interface Machine {
  cores: number;
  processor: string;
  memoryGB: number;
  node: string;
  /** Undefined if no figure of the run used a database that the bench opened. */
  postgres: string | undefined;
  platform: string;
}

export function describeMachine(postgres: string | undefined): Machine {
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGB: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    postgres,
    platform: `${process.platform} ${process.arch}`,
  };
}

/** How busy the machine is with anything, over the last minute. */
export function loadAverage(): number {
  return Number(loadavg()[0]!.toFixed(2));
}
