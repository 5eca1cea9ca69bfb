import type { Command } from 'commander';
import { runService } from '../main';

/** `daypass start`: the same as `node dist/src/main.js`. */
export function addStartVerb(program: Command): void {
  program.command('start').description('Start the service.').action(runService);
}
