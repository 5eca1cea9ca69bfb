import { saveCsv } from '../../../ui/save-file';
import { words } from '../../../words';
import { csvHead, csvLines, plainCsv, type CsvColumn } from '../../ledger/ledger-csv';
import { detailsOf, stateOf, type BulkRow } from './bulk-words';

const columns: CsvColumn<BulkRow>[] = [
  { title: words.bulkAgents.csv.name, value: ({ agent }) => agent.name },
  { title: words.bulkAgents.csv.email, value: ({ agent }) => agent.email },
  { title: words.bulkAgents.csv.outcome, value: (row) => words.bulkAgents.state[stateOf(row)] },
  { title: words.bulkAgents.csv.details, value: detailsOf },
  {
    title: words.bulkAgents.csv.link,
    value: ({ result }) => (result && 'done' in result ? result.done.activationLink : null),
  },
];

/** The result of each row as a file. It contains the links that are not mailed. */
export function saveBulkResults(rows: readonly BulkRow[]): void {
  saveCsv('agents-results.csv', [csvHead(columns, plainCsv), csvLines(columns, rows, plainCsv)]);
}
