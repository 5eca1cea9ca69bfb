import { Group, Menu, Progress, Text } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { memo, useEffect, useRef, useState, type FocusEvent, type PointerEvent } from 'react';
import { flushSync } from 'react-dom';
import { dateIn } from '../../format/zone';
import { LedgerNowDocument } from '../../generated/app';
import { ask } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { saveCsv } from '../../ui/save-file';
import { messageOf } from '../../ui/message-of';
import { SmallButton } from '../../ui/small-button';
import { useStable } from '../../ui/use-stable';
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
import { writeCount } from '../../format/count';
import './ledger-export.css';
import { words } from '../../words';

type Stage =
  | { kind: 'idle' }
  | { kind: 'reading'; rows: number; total: number | null }
  | { kind: 'done'; rows: number }
  | { kind: 'failed'; error: Error };

/**
 * Writes the whole list into a file, not only the page that is shown. It is drawn again only if what it is
 * given is another object.
 */
export const Export = memo(ExportOfList) as typeof ExportOfList;

function ExportOfList<Row>({
  what,
  label,
  columns,
  readPage,
  isDisabled,
}: {
  /** The beginning of the file's name. */
  what: string;
  /** The text of the button, if the page has several files. */
  label?: string;
  columns: readonly CsvColumn<Row>[];
  readPage: ReadPage<Row>;
  /** A list is not known to be empty before it is read. */
  isDisabled?: boolean;
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
      saveCsv(csvName(what, account.slug, date), parts);
      setStage({ kind: 'done', rows });
    } catch (error) {
      setStage(signal.aborted ? { kind: 'idle' } : { kind: 'failed', error: error as Error });
    } finally {
      reading.current = null;
    }
  };

  const choose = useStable((format: CsvFormat) => void run(format));
  return (
    <div className="export">
      {stage.kind === 'reading' && <Reading {...stage} />}
      <span role="status">{stage.kind === 'done' && words.ledger.export.done(stage.rows)}</span>
      {stage.kind === 'failed' && (
        <span className="failed" role="alert">
          {words.ledger.export.failed(messageOf(stage.error))}
        </span>
      )}
      {stage.kind === 'reading' ? (
        <SmallButton isOfList onClick={() => reading.current?.abort()}>
          {words.ui.cancel}
        </SmallButton>
      ) : (
        <Formats label={label} isDisabled={isDisabled} onChoose={choose} />
      )}
    </div>
  );
}

interface ChoosingFormat {
  label?: string;
  isDisabled?: boolean;
  onChoose: (format: CsvFormat) => void;
}

/** The usual format is on the button; the other one is in the menu. Another filter does not draw them again. */
const Formats = memo(function Formats({ label, isDisabled, onChoose }: ChoosingFormat) {
  return (
    <div className="formats" role="group">
      <SmallButton isOfList disabled={isDisabled} onClick={() => onChoose(plainCsv)}>
        <IconDownload size={16} aria-hidden />
        {label ?? words.ledger.export.csv}
      </SmallButton>
      <OtherFormats {...{ label, isDisabled, onChoose }} />
    </div>
  );
});

/** The menu of the other format. It is much to draw: it is made when the pointer or the focus comes to its button. */
function OtherFormats({ label, isDisabled, onChoose }: ChoosingFormat) {
  const [came, setCame] = useState<'pointer' | 'focus' | 'click' | null>(null);
  const untilItComes = {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    // A mouse may press before React draws again: a press begins and ends on the same element.
    onPointerEnter: ({ pointerType }: PointerEvent) =>
      pointerType === 'mouse' && flushSync(() => setCame('pointer')),
    // A finger's focus comes before its click, which goes to the button that it touched.
    onFocus: ({ currentTarget }: FocusEvent) =>
      currentTarget.matches(':focus-visible') && setCame('focus'),
    onClick: () => setCame('click'),
  } as const;
  const button = (
    <SmallButton
      isOfList
      disabled={isDisabled}
      aria-label={words.ledger.export.otherFormatsOf(label)}
      autoFocus={came === 'focus'}
      {...(came === null && untilItComes)}
    >
      <IconChevronDown size={16} aria-hidden />
    </SmallButton>
  );
  if (came === null) return button;
  return (
    <Menu position="bottom-end" defaultOpened={came === 'click'}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChoose(europeanCsv)}>{words.ledger.export.european}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Reading({ rows, total }: { rows: number; total: number | null }) {
  const done = total ? Math.round((rows / total) * 100) : 0;
  const text =
    total === null
      ? words.ledger.export.reading(rows)
      : words.ledger.export.readingOf(writeCount(rows), total);
  return (
    <Group gap="xs">
      <Progress.Root w={120}>
        <Progress.Section
          value={total === null ? 100 : done}
          animated
          aria-label={words.ledger.export.title}
        />
      </Progress.Root>
      <Text size="sm">{text}</Text>
    </Group>
  );
}
