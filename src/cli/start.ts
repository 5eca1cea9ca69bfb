import type { Command } from 'commander';

/** `daypass start`: the same as `node dist/src/main.js`. */
export function addStartVerb(program: Command): void {
  program
    .command('start')
    .description('Start the service.')
    // Loaded only here: the other verbs need neither the schema nor the server, half of the code.
    .action(async () => (await import('../main')).runService());
}
