import type { List } from '../api/read-page';
import type { AccountScope } from '../db/account-scope';
import { NoticeRow } from '../db/tables/notice';
import type { NoticeKind } from './notice';
import { noticeKindNames } from './notice-kinds';
import { noticeKeptDays } from './notice.queries';
import { isMailed } from './mail-notices';

/** Whose notifications are read. */
export interface Reader {
  agentId: string;
  isAdmin: boolean;
}

/** How many unread notifications are counted. */
const unreadMax = 1_000;

/** The notifications that a reader sees, newest first. */
export function notificationList(scope: AccountScope, reader: Reader): List<NoticeRow> {
  return {
    name: `notifications ${reader.agentId}`,
    rows: rowsOf(scope, reader),
    order: {
      name: 'NUMBER',
      keys: [{ sql: 'row.number', kind: 'number' }],
      direction: 'DESC',
    },
  };
}

/** One notification, if the reader sees it. */
export function findNotification(
  scope: AccountScope,
  reader: Reader,
  id: string,
): Promise<NoticeRow | null> {
  return rowsOf(scope, reader).andWhere('row.id = cast(:id as uuid)', { id }).getOne();
}

function rowsOf(scope: AccountScope, { agentId, isAdmin }: Reader) {
  return scope
    .select(NoticeRow)
    .andWhere(
      `(row.agentId = cast(:agentId as uuid) or (row.agentId is null and cast(:isAdmin as boolean)))`,
      { agentId, isAdmin },
    )
    .andWhere('row.kind = any(cast(:kinds as text[]))', { kinds: noticeKindNames })
    .andWhere(`row.createdAt > clock_timestamp() - interval '${noticeKeptDays} days'`);
}

/** How many notifications an agent has not read, and the number of the newest of them. */
export async function readUnread(
  scope: Pick<AccountScope, 'query'>,
  agentId: string,
): Promise<{ unread: number; newest: number }> {
  const [row] = await scope.query<{ unread: number; newest: number }>(
    `select count(*)::int as unread, coalesce(max(number), 0) as newest
     from (
       select n.number from notices n
       where n.account_id = $1 and n.kind = any($3)
         and n.created_at > clock_timestamp() - interval '${noticeKeptDays} days'
         and n.number > coalesce((select read_through from notice_settings
           where account_id = $1 and agent_id = $2), 0)
         and (n.agent_id = $2 or (n.agent_id is null and exists (select from agents
           where account_id = $1 and id = $2 and role = 'ACCOUNT_ADMIN')))
       order by n.number desc limit ${unreadMax}) as unread`,
    [agentId, noticeKindNames],
  );
  return row!;
}

/** Through which number each agent has read. */
export async function readThroughOf(
  scope: AccountScope,
  agentIds: readonly string[],
): Promise<number[]> {
  const rows = await scope.query<{ agentId: string; readThrough: number }>(
    `select agent_id as "agentId", read_through as "readThrough" from notice_settings
     where account_id = $1 and agent_id = any($2)`,
    [agentIds],
  );
  const found = new Map(rows.map(({ agentId, readThrough }) => [agentId, readThrough]));
  return agentIds.map((id) => found.get(id) ?? 0);
}

/** The kinds that a reader can get by mail. */
export function mailedKinds({ isAdmin }: Pick<Reader, 'isAdmin'>): NoticeKind[] {
  return noticeKindNames.filter((kind) => isMailed(kind) && (isAdmin || kind === 'PASS_REVERSED'));
}

/** How a reader gets mails. */
export interface NoticeSettings {
  /** The kinds that the reader has switched off. */
  off: string[];
  /** Null: the reader has chosen none. */
  language: string | null;
}

export async function readSettings(
  scope: Pick<AccountScope, 'query'>,
  agentId: string,
): Promise<NoticeSettings> {
  const [row] = await scope.query<NoticeSettings>(
    `select mails_off as off, language from notice_settings
     where account_id = $1 and agent_id = $2`,
    [agentId],
  );
  return row ?? { off: [], language: null };
}
