import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import {
  LedgerConsumptionsDocument,
  LedgerDetailsDocument,
  type DayPassStatus,
  type LedgerConsumptionsQuery,
  type LedgerDetailsQuery,
} from '../../generated/app';
import { nameOf } from '../../session/use-api-query';

/** The fields of a consumption that can change later. */
interface PassState {
  id: string;
  status: DayPassStatus;
  reversedAt: string | null;
  reversibleUntil: string | null;
}

/** Updates the state of a pass in everything that is shown. Every row stays in its place. */
export function useKnowPass(): (pass: PassState) => void {
  const queries = useQueryClient();
  return (pass) => know(queries, pass);
}

function know(queries: QueryClient, { id, status, reversedAt, reversibleUntil }: PassState): void {
  // Nothing was paid for a reversed pass: it is back in its lot.
  const cost = reversedAt === null ? {} : { paid: null };
  const state = { status, reversedAt, reversibleUntil, ...cost };
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
