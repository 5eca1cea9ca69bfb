import { words } from '../../../words';
import { csvHead, csvLines, plainCsv, type CsvColumn } from '../../ledger/ledger-csv';
import { saveCsv } from '../../../ui/save-file';
import { detailsOf, outcomeWord, type ShownRow } from './row-words';

const columns: CsvColumn<ShownRow>[] = [
  { title: words.importAgents.csv.row, value: ({ place }) => place },
  { title: words.importAgents.csv.name, value: ({ input }) => input.name },
  { title: words.importAgents.csv.email, value: ({ input }) => input.email },
  { title: words.importAgents.csv.outcome, value: outcomeWord },
  { title: words.importAgents.csv.details, value: detailsOf },
  { title: words.importAgents.csv.link, value: ({ done }) => done?.activationLink },
];

/** The result of each row as a file. It contains the links that nobody is mailed. */
export function saveResults(rows: readonly ShownRow[]): void {
  saveCsv('agents-import.csv', [csvHead(columns, plainCsv), csvLines(columns, rows, plainCsv)]);
}
