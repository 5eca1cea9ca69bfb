import { recordAudit } from '../../access/audit';
import type { UserError } from '../../api/user-error';
import { NoticeChannelRow } from '../../db/tables/notice-channel';
import { urlOf } from './send-to-channel';
import { auditedSettings, channelNotFound, type ChannelAct } from './set-channel';

/** Removes a channel. What waits for it is not sent. Refusals: NOT_FOUND. */
export function removeChannel(
  { state, key, nowMs, audit }: ChannelAct,
  id: string,
): Promise<UserError | null> {
  return state.write<UserError | null>(async (manager) => {
    const row = await manager.findOneBy(NoticeChannelRow, { id });
    if (!row) return { result: channelNotFound, changed: [] };
    await manager.delete(NoticeChannelRow, { id });
    await recordAudit(manager, {
      ...audit,
      action: 'notice_channel.removed',
      subject: { type: 'NoticeChannel', id },
      before: auditedSettings(row, urlOf(row, key)),
      after: null,
      occurredAt: new Date(nowMs),
    });
    return { result: null, changed: [{ kind: 'account', id: state.accountId }] };
  });
}
