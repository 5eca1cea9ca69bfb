import type { CommandOf, Results } from '../../src/ledger/commands';
import { demand } from './broken';
import type { PlainBooks, PlainPass, PlainWallet } from './plain-books';
import type { EntryLine } from './plain-entries';

/** A pass is reversed: the agent has no access, and the pass is where it came from. */
export function takeReverse(
  books: PlainBooks,
  command: CommandOf<'reverse'>,
  { line, result }: { line: EntryLine; result: Results['reverse'] },
): void {
  const pass = books.passes.get(command.consumptionId)!;
  const wallet = books.wallets.get(pass.walletId)!;
  if (pass.reversedAtMs === null) {
    pass.reversedAtMs = line.atMs;
    const agent = books.agents.get(pass.agentId)!;
    if (agent.pass === pass) agent.pass = null;
    giveBack(books, wallet, pass, line);
  }
  const { id, reversedAtMs } = result.consumption;
  const isIt = id === pass.id && reversedAtMs === pass.reversedAtMs;
  demand(isIt, 'a reversal answers with its consumption', result.consumption);
}

/** To the lot it came from, or the one that had paid for it; what is owed is paid first. */
function giveBack(books: PlainBooks, wallet: PlainWallet, pass: PlainPass, line: EntryLine): void {
  const { payload } = line.take('DayPassReversed', wallet.id, 1);
  const isOwed = wallet.owed.includes(pass.id);
  const [oldest] = isOwed ? [] : wallet.owed;
  const expected = { lotId: isOwed ? null : pass.lotId, settled: oldest ? [oldest] : [] };
  const said = { lotId: payload.lotId, settled: payload.settled };
  const isRight = JSON.stringify(said) === JSON.stringify(expected);
  demand(isRight, 'a pass goes back where it came from', { said, expected });
  if (isOwed) {
    wallet.owed.splice(wallet.owed.indexOf(pass.id), 1);
    return;
  }
  const lot = wallet.lots.get(pass.lotId!)!;
  if (oldest) {
    wallet.owed.shift();
    books.passes.get(oldest)!.lotId = lot.id;
    return;
  }
  lot.left += 1;
  demand(lot.left <= lot.size, 'no lot holds more than came in with it', lot);
  if (lot.endsAtMs <= line.atMs) line.takeLotEnd(line.nextOrBreak());
}
