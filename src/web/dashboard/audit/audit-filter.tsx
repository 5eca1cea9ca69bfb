import { Button, NativeSelect, SimpleGrid } from '@mantine/core';
import { AuditSubjectsDocument, type AuditEventFilter } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { useParameters } from '../../ui/use-parameters';
import { AgentSelect } from '../agent-select';
import { actionWords } from './audit-words';

/** Which acts are shown, as the address says. */
export interface AuditQuery {
  filter: AuditEventFilter;
  isNarrowed: boolean;
  narrow: (changes: Record<string, string | null>) => void;
  clear: () => void;
}

export function useAuditQuery(): AuditQuery {
  const { get, set } = useParameters();
  const filter = { action: get('action'), actorId: get('actor'), subjectId: get('subject') };
  return {
    filter,
    isNarrowed: Object.values(filter).some((value) => value !== null),
    narrow: set,
    clear: () => set({ action: null, actor: null, subject: null }),
  };
}

/** What narrows the trail: who, what, and on which agent. */
export function AuditFilter({
  query: { filter, isNarrowed, narrow, clear },
}: {
  query: AuditQuery;
}) {
  const { action, actorId, subjectId } = filter;
  const others = action && !(action in actionWords) ? [action] : [];
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
      <AgentSelect
        label="Who"
        placeholder="Anybody"
        chosen={useChosen(actorId)}
        onChoose={(agent) => narrow({ actor: agent?.id ?? null })}
      />
      <NativeSelect
        label="What"
        value={action ?? ''}
        data={[
          { value: '', label: 'Everything' },
          ...others,
          ...Object.entries(actionWords).map(([value, label]) => ({ value, label })),
        ]}
        onChange={({ currentTarget }) => narrow({ action: currentTarget.value })}
      />
      <AgentSelect
        label="On which agent"
        placeholder="Anything"
        chosen={useChosen(subjectId)}
        onChoose={(agent) => narrow({ subject: agent?.id ?? null })}
      />
      {isNarrowed && (
        <Button variant="default" onClick={clear} className="bottom">
          Show all acts
        </Button>
      )}
    </SimpleGrid>
  );
}

/** Who the address names: an agent, or what else a link from another page was about. */
function useChosen(id: string | null | undefined): { id: string; name: string } | null {
  const { data } = useApiQuery(
    AuditSubjectsDocument,
    { ids: id ? [id] : [] },
    { enabled: Boolean(id) },
  );
  if (!id) return null;
  const node = data?.nodes.find((one) => one?.id === id);
  return { id, name: node && 'name' in node ? node.name : '…' };
}
