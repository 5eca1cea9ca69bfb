import type { CommandOf, Results } from '../../src/ledger/commands';
import { demand } from './broken';
import type { PlainBooks, PlainPass } from './plain-books';
import { demandWholeDay } from './plain-day';
import type { EntryLine } from './plain-entries';

/** A pass is taken: once, from the right lot, until the end of the day, and said as it is. */
export function takeConsume(
  books: PlainBooks,
  command: CommandOf<'consume'>,
  { line, result }: { line: EntryLine; result: Results['consume'] },
): void {
  const nowMs = line.atMs;
  const { consumption } = result;
  const answer = JSON.stringify({ ...consumption, reversedAtMs: null });
  const key = `consume ${command.confirmationId}`;
  const done = books.done.get(key);
  if (done) {
    demand(done.answer === answer, 'asking again gives the first answer', { done, answer });
    const pass = books.passes.get(consumption.id)!;
    const { reversedAtMs } = consumption;
    demand(reversedAtMs === pass.reversedAtMs, 'a replay tells of a reversal', consumption);
    return;
  }

  const { walletId, agentId } = command;
  const wallet = books.wallets.get(walletId)!;
  const lot = books.lotToDraw(wallet, nowMs);
  const entry = line.take('DayPassConsumed', walletId, -1);
  const isRight =
    entry.consumptionId === consumption.id &&
    entry.agentId === agentId &&
    consumption.agentId === agentId &&
    consumption.walletId === walletId &&
    consumption.sequence === entry.sequence &&
    consumption.startsAtMs === nowMs &&
    consumption.expiresAtMs === command.passExpiresAtMs &&
    consumption.emergency === (lot === null);
  demand(isRight, 'a consumption says what happened', { entry, consumption });
  const drawn = { lotId: consumption.lotId, expected: lot?.id ?? null, said: entry.payload.lotId };
  const isInOrder = drawn.lotId === drawn.expected && drawn.said === drawn.expected;
  demand(isInOrder, 'lots are drawn in their order', drawn);
  demandWholeDay(consumption);

  const { id, expiresAtMs: endsAtMs, timeZone, localDate } = consumption;
  const dayKey = `${agentId} ${localDate} ${timeZone}`;
  const pass: PlainPass = {
    ...{ id, agentId, walletId, lotId: lot?.id ?? null, beginsAtMs: nowMs, endsAtMs, dayKey },
    reversedAtMs: null,
    answer,
  };
  if (lot) lot.left -= 1;
  else wallet.owed.push(id);
  books.passes.set(id, pass);
  const agent = books.agents.get(agentId)!;
  demand(agent.pass === null, "an agent's passes do not overlap", agent.pass);
  agent.pass = pass;
  books.done.set(key, { commandId: command.id, input: '', answer });
}
