import { useQueryClient } from '@tanstack/react-query';
import { dateIn } from '../format/zone';
import { NotificationsForPortalDocument, TakenBackDocument } from '../generated/app';
import { useAccountNow } from '../session/use-account-now';
import { nameOf, useApiQuery } from '../session/use-api-query';
import { useLive } from '../session/use-live';
import { useViewer } from '../session/viewer';

const minuteMs = 60_000;

/**
 * By whom and why today's pass was taken back, in the words of the notification; null if it was not. It is
 * read only while the agent is not in: with another pass it is of no importance.
 */
export function useTakenBack(isIn: boolean): string | null {
  const { agent } = useViewer();
  const queries = useQueryClient();
  const now = useAccountNow(minuteMs);
  const enabled = agent?.type === 'OCCASIONAL' && !isIn;
  const { data } = useApiQuery(TakenBackDocument, {}, { enabled });
  // The notification is written just after the pass was taken back.
  useLive(NotificationsForPortalDocument, enabled ? {} : null, {
    next: () => void queries.invalidateQueries({ queryKey: [nameOf(TakenBackDocument)] }),
  });
  if (!enabled || now === null) return null;
  const today = dateIn(now, agent.timeZone);
  const found = data?.viewer.notifications?.edges.find(
    ({ node }) =>
      node.kind === 'PASS_REVERSED' &&
      dateIn(Date.parse(node.happenedAt), agent.timeZone) === today,
  );
  return found?.node.text ?? null;
}
