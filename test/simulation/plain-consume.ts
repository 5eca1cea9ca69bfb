import type { CommandOf, Results } from '../../src/ledger/commands';
import type { Consumption } from '../../src/ledger/model/ledger';
import { demand } from './broken';
import type { PlainBooks, PlainPass } from './plain-books';
import { demandWholeDay } from './plain-day';
import type { EntryLine } from './plain-entries';

/** A pass is used: once, from the right lot, until the end of the day, with a true answer. */
export function takeConsume(
  books: PlainBooks,
  command: CommandOf<'consume'>,
  { line, result }: { line: EntryLine; result: Results['consume'] },
): void {
  const { consumption } = result;
  if (isDone(books, command.confirmationId, consumption)) return;
  const isAsConfirmed =
    consumption.walletId === command.walletId &&
    consumption.expiresAtMs === command.passExpiresAtMs &&
    consumption.consent?.notice === command.notice;
  demand(isAsConfirmed, 'a pass is what was confirmed', consumption);
  takePass(books, command, { line, consumption });
}

/** A key uses a pass of the account's own wallet, or none if its agent has access already. */
export function takeConsumeByKey(
  books: PlainBooks,
  command: CommandOf<'consume-by-key'>,
  { line, result: { taken } }: { line: EntryLine; result: Results['consume-by-key'] },
): void {
  if (isDone(books, command.confirmationId, taken)) return;
  const agent = books.agents.get(command.agentId)!;
  const isIn =
    agent.type === 'FULL_TIME' || (agent.pass !== null && agent.pass.endsAtMs > line.atMs);
  demand(isIn === (taken === null), 'a key uses a pass only if no pass runs', { agent, taken });
  if (!taken) return;
  const isByKey =
    taken.source === 'API_KEY' &&
    taken.consent === null &&
    taken.timeZone === agent.timeZone &&
    taken.walletId === books.walletOf(null)!.id &&
    line.next?.actor?.id === command.apiKeyId;
  demand(isByKey, 'a pass by a key says so', taken);
  takePass(books, command, { line, consumption: taken });
}

/** Whether it was done before; then the answer is that of then, but for a reversal since. */
function isDone(books: PlainBooks, confirmationId: string, told: Consumption | null): boolean {
  const done = books.done.get(`consume ${confirmationId}`);
  if (!done) return false;
  const answer = JSON.stringify({ ...told, reversedAtMs: null });
  demand(done.answer === answer, 'asking again gives the first answer', { done, answer });
  const { reversedAtMs } = books.passes.get(told!.id)!;
  demand(reversedAtMs === told!.reversedAtMs, 'a replay tells of a reversal', told);
  return true;
}

function takePass(
  books: PlainBooks,
  command: Pick<CommandOf<'consume'>, 'id' | 'agentId' | 'confirmationId'>,
  { line, consumption }: { line: EntryLine; consumption: Consumption },
): void {
  const nowMs = line.atMs;
  const { agentId } = command;
  const { walletId } = consumption;
  const wallet = books.wallets.get(walletId)!;
  const lot = books.lotToDraw(wallet, nowMs);
  const entry = line.take('DayPassConsumed', walletId, -1);
  const isRight =
    entry.consumptionId === consumption.id &&
    entry.agentId === agentId &&
    consumption.agentId === agentId &&
    consumption.sequence === entry.sequence &&
    consumption.startsAtMs === nowMs &&
    consumption.emergency === (lot === null);
  demand(isRight, 'a consumption says what happened', { entry, consumption });
  const drawn = { lotId: consumption.lotId, expected: lot?.id ?? null, said: entry.payload.lotId };
  const isInOrder = drawn.lotId === drawn.expected && drawn.said === drawn.expected;
  demand(isInOrder, 'lots are drawn in their order', drawn);
  demandWholeDay(consumption);

  const { id, expiresAtMs: endsAtMs } = consumption;
  const answer = JSON.stringify({ ...consumption, reversedAtMs: null });
  const pass: PlainPass = {
    ...{ id, agentId, walletId, lotId: lot?.id ?? null, beginsAtMs: nowMs, endsAtMs },
    reversedAtMs: null,
    answer,
  };
  if (lot) lot.left -= 1;
  else wallet.owed.push(id);
  books.passes.set(id, pass);
  const agent = books.agents.get(agentId)!;
  demand(agent.pass === null, "an agent's passes do not overlap", agent.pass);
  agent.pass = pass;
  books.done.set(`consume ${command.confirmationId}`, { commandId: command.id, input: '', answer });
}
