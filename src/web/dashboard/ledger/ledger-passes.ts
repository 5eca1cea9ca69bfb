import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import {
  LedgerConsumptionsDocument,
  LedgerDetailsDocument,
  type DayPassStatus,
  type LedgerConsumptionsQuery,
  type LedgerDetailsQuery,
} from '../../generated/app';
import { nameOf } from '../../session/use-api-query';

/** What of a consumption changes after it was taken. */
interface PassState {
  id: string;
  status: DayPassStatus;
  reversedAt: string | null;
  reversibleUntil: string | null;
}

/** Writes how passes stand into what is shown of them, and leaves every row where it is. */
export function useKnowPass(): (pass: PassState) => void {
  const queries = useQueryClient();
  return (pass) => know(queries, pass);
}

function know(queries: QueryClient, { id, status, reversedAt, reversibleUntil }: PassState): void {
  const state = { status, reversedAt, reversibleUntil };
  queries.setQueriesData<LedgerConsumptionsQuery>(
    { queryKey: [nameOf(LedgerConsumptionsDocument)] },
    (data) => {
      const list = data?.dayPassConsumptions;
      if (!list?.edges.some(({ node }) => node.id === id)) return data;
      const edges = list.edges.map((edge) =>
        edge.node.id === id ? { ...edge, node: { ...edge.node, ...state } } : edge,
      );
      return { ...data!, dayPassConsumptions: { ...list, edges } };
    },
  );
  queries.setQueriesData<LedgerDetailsQuery>(
    { queryKey: [nameOf(LedgerDetailsDocument)] },
    (data) => (data?.node?.id === id ? { ...data, node: { ...data.node, ...state } } : data),
  );
}
