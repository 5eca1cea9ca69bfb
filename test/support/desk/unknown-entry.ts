import { newId } from '../../../src/core/ids';
import type { Desk } from './desk';

/**
 * Appends an entry of a kind and of an actor that no release knows, as a newer release would whose
 * migrations have run. It adds two passes. Answers its id.
 */
export async function appendUnknownEntry(desk: Desk): Promise<string> {
  await desk.site.source.query(
    'alter table journal_entries drop constraint if exists journal_entries_actor_check',
  );
  const id = newId();
  // `toString` is a name that every object has, and the payload has names of the event's own fields.
  await desk.sql(
    `with wallet as (
       update wallets set balance = balance + 2, last_wallet_sequence = last_wallet_sequence + 1,
         last_sequence = (select sequence + 1 from journals where account_id = $1)
       where account_id = $1 and client_id is null returning *
     ), journal as (
       update journals set sequence = sequence + 1 where account_id = $1 returning *
     )
     insert into journal_entries (account_id, sequence, id, kind, wallet_id, wallet_sequence, delta,
       balance, actor_kind, actor_id, payload, occurred_at, command_id, hash)
     select $1, journal.sequence, $2, 'toString', wallet.id, wallet.last_wallet_sequence, 2,
       wallet.balance, 'ROBOT', $2, '{"kind":"x","sequence":-1,"entry":{}}', journal.last_instant,
       $2, sha256('made up')
     from wallet, journal`,
    [id],
  );
  return id;
}
