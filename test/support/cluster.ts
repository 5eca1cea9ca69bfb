import { execFileSync } from 'node:child_process';
import { fromRunHost } from './jest/run-host';

/** Puts the run's cluster into an empty data folder, as a start and a stop there would leave it. */
export async function copyCluster(dataDir: string): Promise<void> {
  const cluster = await fromRunHost('cluster');
  // Its files belong to PostgreSQL's own account, and must stay so.
  execFileSync('cp', ['-a', `${cluster}/postgres`, dataDir]);
}
