import { Button } from '@mantine/core';
import { memo, useMemo } from 'react';
import { AuditChosenDocument, type AuditEventFilter } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { useParameters } from '../../ui/use-parameters';
import { choicesOf } from '../../ui/choices';
import { Fields, SelectField } from '../../ui/fields';
import { AgentSelect } from '../agent-select';
import { words } from '../../words';
import { textOf } from '../../words/text-of';

/** The filter of the audit trail, from the address. */
export interface AuditQuery {
  filter: AuditEventFilter;
  isNarrowed: boolean;
  narrow: (changes: Record<string, string | null>) => void;
  clear: () => void;
}

/** What an address asks for. */
export function readAuditFilter({ get }: Pick<ReturnType<typeof useParameters>, 'get'>) {
  return { action: get('action'), actorId: get('actor'), subjectId: get('subject') };
}

export function useAuditQuery(): AuditQuery {
  const { get, set } = useParameters();
  const { action, actorId, subjectId } = readAuditFilter({ get });
  // The same object until the address changes, so that an answer draws the list only.
  const filter = useMemo(() => ({ action, actorId, subjectId }), [action, actorId, subjectId]);
  return {
    filter,
    isNarrowed: isNarrowed(filter),
    narrow: set,
    clear: () => set(noFilter),
  };
}

const noFilter = { action: null, actor: null, subject: null };

function isNarrowed(filter: AuditEventFilter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

/** The filters of the audit trail. */
export const AuditFilter = memo(function AuditFilter({
  filter,
  narrow,
}: Pick<AuditQuery, 'filter' | 'narrow'>) {
  const { action, actorId, subjectId } = filter;
  const [actor, subject] = useChosen(actorId, subjectId);
  const others = action && !textOf(words.audit.actions, action) ? [action] : [];
  return (
    <Fields onDesk={4} onPhone={1}>
      <AgentSelect
        label={words.audit.filter.who}
        placeholder={words.audit.filter.anybody}
        chosen={actor}
        onChoose={(agent) => narrow({ actor: agent?.id ?? null })}
      />
      <SelectField
        label={words.audit.filter.what}
        value={action ?? ''}
        choices={[
          { value: '', label: words.audit.filter.everything },
          ...others.map((value) => ({ value, label: value })),
          ...choicesOf(words.audit.actions),
        ]}
        onChange={(chosen) => narrow({ action: chosen })}
      />
      <AgentSelect
        label={words.audit.filter.agent}
        placeholder={words.audit.filter.anything}
        chosen={subject}
        onChoose={(agent) => narrow({ subject: agent?.id ?? null })}
      />
      {isNarrowed(filter) && (
        <Button variant="default" onClick={() => narrow(noFilter)} className="bottom">
          {words.audit.showAll}
        </Button>
      )}
    </Fields>
  );
});

interface Chosen {
  id: string;
  name: string;
}

type Id = AuditEventFilter['actorId'];

/** What the address names: agents, or the key of a link from another page. */
function useChosen(actorId: Id, subjectId: Id): [actor: Chosen | null, subject: Chosen | null] {
  const ids = [actorId, subjectId].filter((id) => id != null);
  const { data } = useApiQuery(AuditChosenDocument, { ids }, { enabled: ids.length > 0 });
  const chosen = (id: Id) => {
    if (!id) return null;
    const node = data?.nodes.find((one) => one?.id === id);
    return { id, name: node && 'name' in node ? node.name : words.audit.unknown };
  };
  return [chosen(actorId), chosen(subjectId)];
}
