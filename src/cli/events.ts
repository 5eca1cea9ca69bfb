import type { Command } from 'commander';
import { partnerOf } from './partner/ask';
import { followEvents, presentCursor } from './partner/follow-events';
import { stoppedByUser } from './partner/stopped-by-user';

interface TailOptions {
  url: string;
  key?: string;
  after?: string;
  json?: boolean;
}

/** `daypass events`: the journal for partners, with a service key and without a database. */
export function addEventsVerb(program: Command): void {
  program
    .command('events')
    .description("Read the account's events with a service key.")
    .command('tail')
    .description('Print each event as it happens. The key needs the scope journal:read.')
    .requiredOption('--url <url>', 'the address of the service')
    .option('--key <key>', 'the service key; default: the variable DAYPASS_KEY')
    .option('--after <cursor>', 'begin after this cursor; default: with the next event')
    .option('--json', 'print one JSON line per event: the body that webhooks have')
    .action(async ({ after, json, ...options }: TailOptions) => {
      const partner = partnerOf(options);
      const follow = {
        after: after ?? (await presentCursor(partner)),
        signal: stoppedByUser(),
        onPause: (reason: string, ms: number) =>
          process.stderr.write(`Not connected (${reason}); again in ${ms} ms.\n`),
      };
      for await (const event of followEvents(partner, follow)) {
        const { occurredAt, sequence, kind, delta, balance, cursor } = event;
        const line = `${occurredAt} #${sequence} ${kind} ${delta} → ${balance} ${cursor}`;
        process.stdout.write(`${json ? event.webhookBody : line}\n`);
      }
    });
}
