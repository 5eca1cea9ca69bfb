import type { Outcome } from '../../src/ledger/commands';
import type { Entry } from '../../src/ledger/model/ledger';
import { Broken, demand } from './broken';
import type { Command } from './command';
import type { Database } from './database';
import { takeCommand } from './plain-commands';
import { EntryLine } from './plain-entries';
import { takeItems } from './plain-orders';
import type { PlainBooks } from './plain-books';

/** A committed batch: its commands, their outcomes, and what was written. */
export interface Committed {
  nowMs: number;
  commands: readonly Command[];
  settled: readonly PromiseSettledResult<Outcome>[];
  entries: readonly Entry[];
  /** For a move of the clock: the instant at which it was decided; null if it was decided before. */
  judgedAtMs?: number | null;
}

/** Adds a committed batch to the plain books; breaks if it is not what they expect. */
export function takeBatch(books: PlainBooks, db: Database, batch: Committed): void {
  const { nowMs, commands } = batch;
  demand(nowMs >= books.lastAtMs, 'the clock of the journal never goes back', batch);
  const line = new EntryLine(books, batch.entries, nowMs);
  if (commands[0]?.kind === 'advance-clock') takeStep(books, db, batch, line);
  else takeCommands(books, db, batch, line);
  demand(line.isEmpty, 'each entry has its cause', line.next);
  if (batch.entries.length > 0) books.lastAtMs = nowMs;
  for (const wallet of books.wallets.values()) books.close(wallet);
}

function takeCommands(
  books: PlainBooks,
  db: Database,
  { nowMs, commands, settled }: Committed,
  line: EntryLine,
): void {
  const isExpire = commands.some(({ kind }) => kind === 'expire');
  const before = books.due(nowMs);
  const lotsBefore = new Map(
    [...books.wallets.values()].map((wallet) => [wallet.id, books.dueLots(wallet, nowMs)]),
  );
  const ended = line.takeEnds(new Set(commands.map(({ id }) => id)));
  if (isExpire) {
    const least = {
      passes: Math.min(before.passes, db.bounds.due),
      lots: Math.min(before.lots, db.bounds.due),
    };
    const enough = ended.passes >= least.passes && ended.lots >= least.lots;
    demand(enough, 'what is due ends', { before, ended });
    takeItems(books, { dueMax: db.bounds.due, line });
  }
  for (const command of commands) demandTouchedEnded(books, db, command, { nowMs, lotsBefore });

  commands.forEach((command, at) => {
    const result = settled[at]!;
    if (result.status === 'rejected') {
      throw new Broken(`a ${command.kind} is decided`, String(result.reason));
    }
    takeCommand(books, db, { command, outcome: result.value, nowMs, line });
  });
}

/** An agent's pass that is due ends before the agent's command is decided, a wallet's lots as well. */
function demandTouchedEnded(
  books: PlainBooks,
  db: Database,
  command: Command,
  { nowMs, lotsBefore }: { nowMs: number; lotsBefore: ReadonlyMap<string, number> },
): void {
  const reversed = command.kind === 'reverse' ? books.passes.get(command.consumptionId) : undefined;
  const agentId = 'agentId' in command ? command.agentId : reversed?.agentId;
  const pass = books.agents.get(agentId ?? '')?.pass;
  demand(!pass || pass.endsAtMs > nowMs, "an agent's due pass is ended first", pass);
  const walletId = 'walletId' in command ? command.walletId : (reversed?.walletId ?? null);
  const wallet = books.wallet(walletId);
  if (!wallet) return;
  const most = Math.max(0, lotsBefore.get(wallet.id)! - db.bounds.due);
  demand(books.dueLots(wallet, nowMs) <= most, "a wallet's due lots are ended first", wallet.id);
}

/** A step of the test clock: to what falls due next, which happens then, or to its target. */
function takeStep(
  books: PlainBooks,
  db: Database,
  { nowMs, commands, settled, entries, judgedAtMs = null }: Committed,
  line: EntryLine,
): void {
  const [command, result] = [commands[0]!, settled[0]!];
  demand(result.status === 'fulfilled', 'a move of the clock is decided', result);
  demand(commands.length === 1, 'a move of the clock is a batch of its own');
  demand(command.kind === 'advance-clock', 'a batch is known by its first command');
  const byMs = judgedAtMs === null ? 0 : command.toMs! - judgedAtMs;
  const mayMove = db.sandbox && byMs >= 0 && byMs <= 366 * 86_400_000;
  const outcome = result.value as Outcome<'advance-clock'>;
  if (outcome.status === 'refused') {
    const code = db.sandbox ? 'VALIDATION_FAILED' : 'SANDBOX_ONLY';
    const isRight = !mayMove && outcome.code === code && entries.length === 0;
    demand(isRight, 'a move that is refused changes nothing', outcome);
    return;
  }
  demand(mayMove, 'only a sandbox has a test clock, and it moves forward', { byMs });
  const { toMs, isThere } = outcome.result;
  const nextMs = books.nextDueMs();
  demand(isThere === nextMs > toMs, 'a move stops at what falls due', {
    nextMs,
    ...outcome.result,
  });
  const atMs = Math.max(isThere ? toMs : nextMs, books.lastAtMs);
  demand(nowMs === atMs, 'what falls due happens at its own instant', { nowMs, atMs });
  const before = books.due(nowMs);
  const ended = line.takeEnds(new Set());
  if (isThere) return;
  const least = Math.min(before.passes + before.lots, db.bounds.due);
  demand(ended.passes + ended.lots >= least, 'a step ends what is due', { before, ended });
  takeItems(books, { dueMax: db.bounds.due, line });
}
