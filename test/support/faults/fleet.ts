import path from 'node:path';
import { testEnvironment } from '../desk/environment';
import { hangMs, longWaits } from '../patience';
import { startProgram, type RunningProgram } from '../process';
import { root } from '../sources';

/** One process of the built service. */
export interface FleetProcess {
  url: string;
  pid: number;
  /** Whether it may be spoken to; a client of a balancer would not come to one that is not. */
  isUp: boolean;
  /** Whether a test has stopped it: it answers nothing then. */
  isFrozen: boolean;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Stops it, and waits until it has ended: it must do so in order, without a kill. */
  drain(): Promise<void>;
  freeze(): void;
  thaw(): void;
  signal(signal: NodeJS.Signals): void;
  errors(): string;
}

/** In faults the product's own waits decide, except the one for a socket's first message. */
const faultWaits = { DAYPASS_SOCKET_INIT_MS: longWaits.DAYPASS_SOCKET_INIT_MS };

/** Processes of the built service on one database. */
export class Fleet {
  readonly processes: FleetProcess[] = [];
  private readonly programs: { program: RunningProgram; isKilled: boolean }[] = [];

  constructor(private readonly environment: Record<string, string>) {}

  /** Where clients are sent. */
  readonly urls = (): string[] =>
    this.processes.filter((process) => process.isUp).map(({ url }) => url);

  async start(environment: Record<string, string> = {}): Promise<FleetProcess> {
    const settings = {
      // Only a development prints its address.
      NODE_ENV: 'development',
      DAYPASS_DEMO: 'false',
      // All subscribers of a fault are one admin.
      DAYPASS_MAX_CONNECTIONS: '10000',
      // As in production.
      DAYPASS_KEPT_CONNECTIONS: '2',
      LOG_LEVEL: 'warn',
      ...this.environment,
      ...environment,
    };
    const program = startProgram(
      process.execPath,
      ['dist/src/main.js'],
      testEnvironment(settings, faultWaits),
    );
    const kept = { program, isKilled: false };
    this.programs.push(kept);
    const late = setTimeout(() => program.child.kill('SIGKILL'), hangMs);
    const [, url = ''] = await program.says(/Daypass is at (http:\S+)/);
    clearTimeout(late);
    const { child } = program;
    const started: FleetProcess = {
      url,
      pid: child.pid!,
      isUp: true,
      isFrozen: false,
      kill: async () => {
        started.isUp = false;
        kept.isKilled = true;
        child.kill('SIGKILL');
        await program.ended;
      },
      drain: async () => {
        started.isUp = false;
        child.kill('SIGTERM');
        const { code, signal } = await program.ended;
        if (code !== 0) throw new Error(`It ended by ${code ?? signal}: ${program.errors()}`);
      },
      freeze: () => {
        started.isFrozen = true;
        child.kill('SIGSTOP');
      },
      thaw: () => {
        started.isFrozen = false;
        child.kill('SIGCONT');
      },
      signal: (signal) => child.kill(signal),
      errors: program.errors,
    };
    this.processes.push(started);
    return started;
  }

  startMany(count: number, environment: Record<string, string> = {}): Promise<FleetProcess[]> {
    return Promise.all(Array.from({ length: count }, () => this.start(environment)));
  }

  /** No process ended except those that a test killed, or stopped and that ended in order. */
  expectNobodyDied(): void {
    const dead = this.programs
      .filter(({ program: { child }, isKilled }) => !isKilled && child.exitCode !== 0)
      .filter(({ program: { child } }) => child.exitCode !== null || child.signalCode !== null)
      .map(({ program }) => program.errors().slice(-2_000));
    expect(dead).toEqual([]);
  }

  /** Drains what still runs. */
  async drainAll(): Promise<void> {
    await Promise.all(
      this.processes
        .filter(({ isUp }) => isUp)
        .map((process) => {
          if (process.isFrozen) process.thaw();
          return process.drain();
        }),
    );
  }

  async close(): Promise<void> {
    try {
      await this.drainAll();
    } finally {
      for (const { program } of this.programs) program.child.kill('SIGKILL');
      await Promise.all(this.programs.map(({ program }) => program.ended));
    }
  }
}

/** The environment of a process with a wrong wall clock; SIGUSR2 makes it jump. */
export function wrongClock(shiftMs: number, jumpMs = 0): Record<string, string> {
  return {
    NODE_OPTIONS: `--require ${path.join(root, 'test/support/faults/shifted-clock.cjs')}`,
    TEST_CLOCK_SHIFT_MS: String(shiftMs),
    TEST_CLOCK_JUMP_MS: String(jumpMs),
  };
}
