import type { AgentPartsFragment } from '../../generated/app';
import { words } from '../../words';
import type { CsvColumn } from '../ledger/ledger-csv';

/** The columns of an exported list. The import understands them. */
export const agentCells: CsvColumn<AgentPartsFragment>[] = [
  { title: words.importAgents.exported.name, value: ({ name }) => name },
  { title: words.importAgents.exported.email, value: ({ email }) => email },
  {
    title: words.importAgents.exported.occasional,
    value: ({ type }) =>
      type === 'OCCASIONAL' ? words.importAgents.exported.yes : words.importAgents.exported.no,
  },
  { title: words.importAgents.exported.role, value: ({ role }) => words.agents.role[role] },
  { title: words.importAgents.exported.status, value: ({ status }) => words.agents.status[status] },
  { title: words.importAgents.exported.timeZone, value: ({ timeZone }) => timeZone },
  {
    title: words.importAgents.exported.sections,
    value: ({ sections }) => sections.map((one) => words.agents.section[one]).join(', '),
  },
  { title: words.importAgents.exported.added, value: ({ createdAt }) => createdAt },
];
