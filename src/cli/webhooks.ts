import type { Command } from 'commander';
import { ask, partnerOf, type Partner } from './partner/ask';
import { listen } from './partner/listen';
import { stoppedByUser } from './partner/stopped-by-user';
import { triggerAct } from './partner/trigger-act';

interface PartnerOptions {
  url: string;
  key?: string;
  json?: boolean;
}

/** `daypass webhooks`: for partners, with a service key and without a database. */
export function addWebhooksVerb(program: Command): void {
  const webhooks = program
    .command('webhooks')
    .description('Work with webhooks as a partner, with a service key.');

  withService(webhooks.command('listen'))
    .description(
      'Forward events to a receiver on this machine, signed as webhooks are. The key needs the scope journal:read.',
    )
    .requiredOption('--forward <url>', 'the receiver')
    .option('--state <file>', 'keeps the place and the secret for the next run')
    .option('--kinds <kinds>', 'types of DayPassEvent, separated by commas; default: all', listOf)
    .action(async ({ forward, state, kinds = [], ...options }: ListenVerbOptions) => {
      await listen(partnerOf(options), {
        forward,
        stateFile: state ?? null,
        kinds,
        signal: stoppedByUser(),
        print: (line) => process.stdout.write(`${line}\n`),
      });
    });

  withService(webhooks.command('trigger'))
    .description(
      'Make an event of a kind happen in a sandbox, if a key with the scope wallet:write can; else send a sample to an endpoint, which needs the scope webhooks:write.',
    )
    .argument('[kind]', 'a type of DayPassEvent, such as DayPassConsumed; default: a plain test')
    .option('--sample', 'send a sample, whatever the key can do')
    .option('--endpoint <id>', 'of a sample: the endpoint; needed if the account has several')
    .option('--json', 'print one JSON object')
    .action(async (kind: string | undefined, { endpoint, json, ...options }: TriggerOptions) => {
      const partner = partnerOf(options);
      if (kind !== undefined && !options.sample && (await hasActed(partner, kind))) {
        const line = `${kind} has happened. The endpoints of the account receive it.`;
        process.stdout.write(`${json ? JSON.stringify({ kind, how: 'ACT' }) : line}\n`);
        return;
      }
      const endpointId = endpoint ?? (await onlyEndpoint(partner));
      const { sendTestWebhook } = await ask<{ sendTestWebhook: { attempt: Attempt } }>(
        partner,
        `mutation Trigger($input: SendTestWebhookInput!) { sendTestWebhook(input: $input) {
          attempt { kind status milliseconds error answer delivered } userErrors { message } } }`,
        { input: { endpointId, kind } },
      );
      const { attempt } = sendTestWebhook;
      const { status, error, milliseconds } = attempt;
      const line = `${attempt.kind}: ${status ?? error} in ${milliseconds} ms`;
      process.stdout.write(`${json ? JSON.stringify({ ...attempt, how: 'SAMPLE' }) : line}\n`);
      if (!attempt.delivered) process.exitCode = 1;
    });

  withService(webhooks.command('replay'))
    .description('Send events to an endpoint again. The key needs the scope webhooks:write.')
    .option('--endpoint <id>', 'the endpoint; needed if the account has several')
    .option('--from <cursor>', 'send the events after this cursor')
    .option(
      '--from-sequence <number>',
      'send the event with this number and those after it',
      numbersOf,
    )
    .option('--to <cursor>', 'with --from…: up to this cursor; default: the place of the endpoint')
    .option('--sequences <numbers>', 'send single events, by their numbers', numbersOf)
    .option('--json', 'print one JSON object')
    .action(async ({ endpoint, from, to, sequences, json, ...options }: ReplayOptions) => {
      const partner = partnerOf(options);
      const endpointId = endpoint ?? (await onlyEndpoint(partner));
      const [fromSequence] = options.fromSequence ?? [];
      const input = { endpointId, fromCursor: from, fromSequence, toCursor: to, sequences };
      const { replayWebhook } = await ask<{ replayWebhook: { events: number | null } }>(
        partner,
        `mutation Replay($input: ReplayWebhookInput!) { replayWebhook(input: $input) {
          events userErrors { message } } }`,
        { input },
      );
      const { events } = replayWebhook;
      const line = `${events ?? 'More than 10,000'} events are sent again.`;
      process.stdout.write(`${json ? JSON.stringify({ events }) : line}\n`);
    });
}

interface ListenVerbOptions extends PartnerOptions {
  forward: string;
  state?: string;
  kinds?: string[];
}

/** What the key may not do is said, and a sample is sent instead. */
async function hasActed(partner: Partner, kind: string): Promise<boolean> {
  try {
    return await triggerAct(partner, kind);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`A sample is sent instead, because the key cannot act: ${reason}\n`);
    return false;
  }
}

interface TriggerOptions extends PartnerOptions {
  sample?: boolean;
  endpoint?: string;
}

interface Attempt {
  kind: string;
  status: number | null;
  milliseconds: number;
  error: string | null;
  delivered: boolean;
}

interface ReplayOptions extends PartnerOptions {
  endpoint?: string;
  from?: string;
  fromSequence?: number[];
  to?: string;
  sequences?: number[];
}

function withService(command: Command): Command {
  return command
    .requiredOption('--url <url>', 'the address of the service')
    .option('--key <key>', 'the service key; default: the variable DAYPASS_KEY');
}

async function onlyEndpoint(partner: Partner): Promise<string> {
  const { webhookEndpoints } = await ask<{
    webhookEndpoints: { edges: { node: { id: string; url: string } }[] };
  }>(partner, '{ webhookEndpoints { edges { node { id url } } } }');
  const [first, ...more] = webhookEndpoints.edges.map(({ node }) => node);
  if (!first) throw new Error('The account has no webhook endpoint. Create one first.');
  if (more.length === 0) return first.id;
  const known = [first, ...more].map(({ id, url }) => `${id} (${url})`);
  throw new Error(
    `The account has several endpoints. Name one with --endpoint: ${known.join(', ')}`,
  );
}

function listOf(text: string): string[] {
  return text.split(',').map((one) => one.trim());
}

function numbersOf(text: string): number[] {
  const numbers = listOf(text).map(Number);
  if (numbers.every((one) => Number.isSafeInteger(one) && one > 0)) return numbers;
  throw new Error('The numbers of events must be whole numbers, separated by commas.');
}
