import { recordAudit, type Attribution } from '../../access/audit';
import { refuseNames } from '../../api/input.rules';
import type { UserError } from '../../api/user-error';
import { newId } from '../../core/ids';
import { sealText } from '../../core/sealed-text';
import type { AccountState } from '../../db/account-state';
import { NoticeChannelRow } from '../../db/tables/notice-channel';
import {
  maskChannelUrl,
  refuseChannelUrl,
  type ChannelKind,
  type ChannelRules,
} from './channel-url.rules';
import type { NoticeKind } from '../notice';
import { placeOf, urlOf } from './send-to-channel';

/** Of an account. Each of them costs a request per notice. */
const channelsMax = 10;
const nameLengthMax = 100;

export interface ChannelSettings {
  kind: ChannelKind;
  name: string;
  /** The masked URL of the channel keeps the URL that is stored. */
  url: string;
  notices: readonly NoticeKind[];
}

/** What the functions that change channels need. */
export interface ChannelAct {
  state: AccountState;
  /** Of the service: it seals the URL. */
  key: Uint8Array;
  rules: ChannelRules;
  /** The database's clock: channels do not follow the test clock. */
  nowMs: number;
  audit: Attribution;
}

/**
 * Adds a channel, or replaces all settings of one. Returns its row id. Refusals: NOT_FOUND,
 * VALIDATION_FAILED, URL_NOT_ALLOWED, LIMIT_REACHED.
 */
export async function setChannel(
  { state, key, rules, nowMs, audit }: ChannelAct,
  channelId: string | null,
  { kind, name, url: given, notices }: ChannelSettings,
): Promise<{ id: string } | UserError> {
  const invalid = refuseNames({ name: [name, nameLengthMax] });
  if (invalid) return invalid;
  return state.write<{ id: string } | UserError>(async (manager) => {
    const rows = await manager.findBy(NoticeChannelRow, {});
    const known = rows.find(({ id }) => id === channelId);
    if (channelId !== null && !known) return { result: channelNotFound, changed: [] };
    if (!known && rows.length >= channelsMax) return { result: tooMany, changed: [] };
    const stored = known ? urlOf(known, key) : null;
    const url = stored !== null && given === maskChannelUrl(stored) ? stored : given;
    const refused = refuseChannelUrl(kind, url, rules);
    if (refused) return { result: refused, changed: [] };

    const id = known?.id ?? newId();
    const settings = { kind, name, notices: [...new Set(notices)] };
    const isMoved = url !== stored;
    if (known) {
      const moved = {
        sealedUrl: sealText(url, placeOf(state.accountId, id, key)),
        failingSince: null,
        retryAt: null,
      };
      await manager.update(NoticeChannelRow, { id }, { ...settings, ...(isMoved ? moved : {}) });
    } else {
      await manager.insert(NoticeChannelRow, {
        ...settings,
        id,
        sealedUrl: sealText(url, placeOf(state.accountId, id, key)),
        failingSince: null,
        retryAt: null,
        createdAt: new Date(nowMs),
      });
    }
    await recordAudit(manager, {
      ...audit,
      action: known ? 'notice_channel.updated' : 'notice_channel.added',
      subject: { type: 'NoticeChannel', id },
      before: known ? auditedSettings(known, stored!) : null,
      // That the secret part has changed shows only here.
      after: {
        ...auditedSettings(settings, url),
        ...(known && isMoved ? { urlChanged: true } : {}),
      },
      occurredAt: new Date(nowMs),
    });
    return { result: { id }, changed: [{ kind: 'account', id: state.accountId }] };
  });
}

/** What the audit trail records: the URL without its secret part. */
export function auditedSettings(
  { kind, name, notices }: Pick<NoticeChannelRow, 'kind' | 'name' | 'notices'>,
  url: string,
): object {
  return { kind, name, url: maskChannelUrl(url), notices };
}

/** The same for a channel of another account. */
export const channelNotFound: UserError = {
  code: 'NOT_FOUND',
  message: 'The account has no notice channel with this id. Check the id.',
  field: ['channelId'],
};

const tooMany: UserError = {
  code: 'LIMIT_REACHED',
  message: `The account has ${channelsMax} notice channels, the highest number. Remove one first.`,
  field: null,
};
