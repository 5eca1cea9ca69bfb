import type { AccountState } from '../db/account-state';
import type { NoticeKind } from './notice';
import { readMailsOff } from './notification.queries';

/** Switches mails of some kinds on or off for one agent. Returns the kinds that are off after that. */
export function setNoticeMails(
  state: AccountState,
  agentId: string,
  settings: readonly { kind: NoticeKind; mail: boolean }[],
): Promise<string[]> {
  return state.write(async (manager) => {
    // Within the lock of the account's state: two requests do not overwrite each other.
    const off = new Set(await readMailsOff(manager, agentId));
    for (const { kind, mail } of settings) {
      if (mail) off.delete(kind);
      else off.add(kind);
    }
    await manager.query(
      `insert into notice_settings (account_id, agent_id, mails_off) values ($1, $2, $3)
       on conflict (account_id, agent_id) do update set mails_off = excluded.mails_off`,
      [agentId, [...off]],
    );
    return { result: [...off], changed: [{ kind: 'agent', id: agentId }] };
  });
}
