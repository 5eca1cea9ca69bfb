import { ActionIcon, Button, Group, Menu, Progress, Text } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { dateIn } from '../../format/zone';
import { LedgerNowDocument } from '../../generated/app';
import { ask } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { saysOf } from '../../ui/says';
import {
  csvHead,
  csvLines,
  csvName,
  europeanCsv,
  plainCsv,
  type CsvColumn,
  type CsvFormat,
} from './ledger-csv';
import { readAllPages, type ReadPage } from './ledger-pages';
import { countOf } from './ledger-words';
import { writeCount } from '../../format/count';

type Stage =
  | { kind: 'idle' }
  | { kind: 'reading'; rows: number; total: number | null }
  | { kind: 'done'; rows: number }
  | { kind: 'failed'; error: Error };

/** Writes all that is listed, not only the page that is shown, into a file. */
export function Export<Row>({
  what,
  columns,
  readPage,
  isDisabled,
}: {
  /** How the file's name begins. */
  what: string;
  columns: readonly CsvColumn<Row>[];
  readPage: ReadPage<Row>;
  isDisabled: boolean;
}) {
  const { account } = useViewer();
  const [stage, setStage] = useState<Stage>({ kind: 'idle' });
  const reading = useRef<AbortController>(null);
  useEffect(() => () => reading.current?.abort(), []);

  const run = async (format: CsvFormat) => {
    if (reading.current) return;
    const { signal } = (reading.current = new AbortController());
    setStage({ kind: 'reading', rows: 0, total: null });
    try {
      const { account: clock } = await ask(LedgerNowDocument, {}, signal);
      const parts = [csvHead(columns, format)];
      let rows = 0;
      for await (const page of readAllPages(readPage, signal)) {
        parts.push(csvLines(columns, page.rows, format));
        rows += page.rows.length;
        setStage({ kind: 'reading', rows, total: page.total });
      }
      const date = dateIn(Date.parse(clock.now), account.timeZone);
      save(csvName(what, account.slug, date), parts);
      setStage({ kind: 'done', rows });
    } catch (error) {
      setStage(signal.aborted ? { kind: 'idle' } : { kind: 'failed', error: error as Error });
    } finally {
      reading.current = null;
    }
  };

  return (
    <Group gap="sm" justify="end">
      {stage.kind === 'reading' && <Reading {...stage} />}
      <Text size="sm" role="status">
        {stage.kind === 'done' && `${countOf(stage.rows, 'row', 'rows')} exported.`}
      </Text>
      {stage.kind === 'failed' && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          The export stopped. {saysOf(stage.error)}
        </Text>
      )}
      {stage.kind === 'reading' ? (
        <Button size="xs" variant="default" onClick={() => reading.current?.abort()}>
          Cancel
        </Button>
      ) : (
        <Formats isDisabled={isDisabled} onChoose={(format) => void run(format)} />
      )}
    </Group>
  );
}

/** The file as most programs want it is one click away; the other format is in the menu. */
function Formats({
  isDisabled,
  onChoose,
}: {
  isDisabled: boolean;
  onChoose: (format: CsvFormat) => void;
}) {
  return (
    <Button.Group>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        disabled={isDisabled}
        onClick={() => onChoose(plainCsv)}
      >
        Export CSV
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            size={30}
            variant="default"
            disabled={isDisabled}
            aria-label="Other export formats"
          >
            <IconChevronDown size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onChoose(europeanCsv)}>
            For Excel in Europe (semicolons, decimal commas)
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}

function Reading({ rows, total }: { rows: number; total: number | null }) {
  const done = total ? Math.round((rows / total) * 100) : 0;
  const of = total === null ? '' : ` of ${writeCount(total)}`;
  return (
    <Group gap="xs">
      <Progress.Root w={120}>
        <Progress.Section value={total === null ? 100 : done} animated aria-label="Export" />
      </Progress.Root>
      <Text size="sm">
        {writeCount(rows)}
        {of} rows
      </Text>
    </Group>
  );
}

function save(name: string, parts: string[]): void {
  const address = URL.createObjectURL(new Blob(parts, { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Not before the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
