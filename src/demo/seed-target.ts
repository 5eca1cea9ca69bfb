import type { DataSource } from 'typeorm';
import type { Log } from '../core/log';

/** The database of the demo, and where problems are reported. */
export interface SeedTarget {
  source: DataSource;
  url: string;
  log: Log;
}
