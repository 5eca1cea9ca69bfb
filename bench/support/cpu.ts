import { readdirSync } from 'node:fs';
import type { BenchDatabase } from './database';
import { statOf } from './proc';
import { cpuMs } from './usage';

/** CPU time per request in milliseconds: of the process that answers, and of PostgreSQL's. */
export interface CpuPerRequest {
  service: number;
  postgres: number;
}

/**
 * One round: the measured value, and the CPU time per request; null if the machine does not run
 * Linux.
 */
export interface Sample {
  value: number;
  cpu: CpuPerRequest | null;
}

/**
 * Counts the CPU time of a process and of PostgreSQL between two moments. On a machine that does
 * other work a rate says little, but the CPU time of a request changes less.
 */
export class CpuMeter {
  private constructor(
    private readonly service: number,
    private readonly postmaster: number | null,
  ) {}

  static async open({ source }: BenchDatabase, service: number): Promise<CpuMeter> {
    const [{ pid }] = await source.query('select pg_backend_pid() as pid');
    return new CpuMeter(service, parentOf(pid));
  }

  /** Starts counting. The function that it returns gives the CPU per request since then. */
  start(): (requests: number) => CpuPerRequest | null {
    const { service, postmaster } = this;
    if (postmaster === null) return () => null;
    const before = { service: cpuMs(service), postgres: familyCpuMs(postmaster) };
    return (requests) => ({
      service: (cpuMs(service) - before.service) / requests,
      postgres: (familyCpuMs(postmaster) - before.postgres) / requests,
    });
  }
}

/** Of the process, its children that live, and its children that have ended. */
function familyCpuMs(pid: number): number {
  const own = statOf(pid);
  if (!own) return 0;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat?.parent === pid);
  return own.ms + own.reapedMs + children.reduce((sum, child) => sum + child!.ms, 0);
}

/** Null if this is not Linux. */
function parentOf(pid: number): number | null {
  return statOf(pid)?.parent ?? null;
}
