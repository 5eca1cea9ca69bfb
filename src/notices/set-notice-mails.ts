import type { AccountState } from '../db/account-state';
import type { NoticeKind } from './notice';
import { readSettings, type NoticeSettings } from './notification.queries';

/**
 * Switches mails of some kinds on or off for one agent, and chooses their language: null for none of its
 * own, undefined leaves it. Returns the settings after that.
 */
export function setNoticeMails(
  state: AccountState,
  agentId: string,
  asked: {
    mails: readonly { kind: NoticeKind; mail: boolean }[];
    language: string | null | undefined;
  },
): Promise<NoticeSettings> {
  return state.write(async (manager) => {
    // Within the lock of the account's state: two requests do not overwrite each other.
    const present = await readSettings(manager, agentId);
    const off = new Set(present.off);
    for (const { kind, mail } of asked.mails) {
      if (mail) off.delete(kind);
      else off.add(kind);
    }
    const language = asked.language === undefined ? present.language : asked.language;
    await manager.query(
      `insert into notice_settings (account_id, agent_id, mails_off, language)
       values ($1, $2, $3, $4)
       on conflict (account_id, agent_id)
         do update set mails_off = excluded.mails_off, language = excluded.language`,
      [agentId, [...off], language],
    );
    return { result: { off: [...off], language }, changed: [{ kind: 'agent', id: agentId }] };
  });
}
