import type { Command } from './command';
import { accountNowMs } from './database';
import { Broken } from './broken';
import { Play, wordOf, type Told } from './play';
import type { Failure } from './simulate';

/** A failure for people to read: who was there, what happened, line by line, and what broke. */
export async function tellStory({ seed, steps, broken }: Failure): Promise<string> {
  const lines: string[] = [];
  const play = found(seed, lines);
  if (play) {
    lines.push(...peopleOf(play));
    for (const [at, step] of steps.entries()) {
      const { do: what, ...rest } = step;
      const instant = new Date(accountNowMs(play.db)).toISOString();
      lines.push(`${String(at + 1).padStart(4)}. ${instant} ${what} ${JSON.stringify(rest)}`);
      try {
        await play.step(step);
      } catch {
        break;
      }
    }
  }
  lines.push(`BROKEN: ${broken.message}`);
  return lines.join('\n');
}

/** The account as it is created; null if that breaks already. */
function found(seed: number, lines: string[]): Play | null {
  try {
    return new Play(seed, (told) => lines.push(...describe(told).map((line) => `        ${line}`)));
  } catch (error) {
    lines.push(`The account cannot be founded: ${error instanceof Broken ? error.message : ''}`);
    return null;
  }
}

function peopleOf({ db }: Play): string[] {
  const { bounds, sandbox, account, basisPoints, zone } = db;
  return [
    `A ${sandbox ? 'sandbox' : 'live'} account, of which one batch takes ${JSON.stringify(bounds)}.`,
    `  ${account.billingMode}, terms ${JSON.stringify({ ...account, basisPoints, zone: zone.name })}`,
    ...[...db.agents.values()].map(
      ({ id, type, status, role, timeZone, sections }) =>
        `  ${id}: ${type} ${status} ${role} in ${timeZone}, may use ${sections.join(', ')}`,
    ),
    ...[...db.wallets.values()].map(({ id, balance, emergencyAllowance, lowBalanceThreshold }) => {
      const lots = [...(db.openLots.get(id)?.values() ?? [])].map(
        (lot) => `${lot.remaining} of priority ${lot.priority} until ${instantOf(lot.expiresAtMs)}`,
      );
      const settings = `allowance ${emergencyAllowance}, threshold ${lowBalanceThreshold}`;
      return `  ${id}: ${balance}, ${settings}, lots: ${lots.join('; ') || 'none'}`;
    }),
  ];
}

function describe(told: Told): string[] {
  switch (told.kind) {
    case 'now':
      return [`it is ${instantOf(told.nowMs)}`];
    case 'asked':
      return [`the gate of ${told.agentId}: ${JSON.stringify(told.decision)}`];
    case 'sent':
      return [`sent ${name(told.command)}`];
    case 'committed':
      return [
        ...told.commands.map((command, at) => `${name(command)} -> ${wordOf(told.outcomes[at]!)}`),
        ...told.entries.map(
          ({ sequence, kind, walletId, delta, balance, agentId, consumptionId }) =>
            `  ${sequence} ${kind} ${walletId} ${delta} -> ${balance} ` +
            [agentId, consumptionId].filter(Boolean).join(' '),
        ),
      ];
  }
}

function name(command: Command): string {
  const { kind, id, ...input } = command;
  const said = Object.entries(input)
    .filter(([key, value]) => value !== null && !silent.has(key))
    .map(([key, value]) => `${key} ${key.endsWith('Ms') ? instantOf(value) : String(value)}`);
  return `${kind} ${id} (${said.join(', ')})`;
}

/** Values that are the same in all, or say nothing. */
const silent = new Set(['notice', 'locale', 'reason', 'source', 'keyInput', 'isUnderWay', 'price']);

function instantOf(atMs: unknown): string {
  return typeof atMs === 'number' && Math.abs(atMs) < 8e15 && atMs > 1e11
    ? new Date(atMs).toISOString()
    : JSON.stringify(atMs ?? 'ever');
}
