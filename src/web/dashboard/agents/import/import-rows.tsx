import { Button, Group, NativeSelect, Progress, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { writeCount } from '../../../format/count';
import { Part } from '../../../ui/part';
import { Problem } from '../../../ui/problem';
import { words } from '../../../words';
import { leastSections } from '../agent-words';
import type { FileRow } from './agent-file';
import { ImportOptions } from './import-options';
import { saveResults } from './import-results';
import { ImportTable } from './import-table';
import { outcomeOf, shownRows, type Outcome, type ShownRow } from './row-words';
import { rowsToImport, useImport, type Choices } from './use-import';

const outcomes: Outcome[] = ['CREATED', 'UPDATED', 'UNCHANGED', 'REFUSED'];

/** The rows of a file: checked at once, shown with what will happen, imported on a click. */
export function ImportRows({ rows }: { rows: readonly FileRow[] }) {
  const work = useImport();
  const { plan, done, busy, error, wasStopped } = work;
  const [choices, setChoices] = useState<Choices>({ invite: true, sections: leastSections });
  const [shown, setShown] = useState<Outcome | null>(null);
  const [startCheck] = useState(() => () => work.check(rows));
  useEffect(startCheck, [startCheck]);

  const sendable = rows.filter(({ faults }) => faults.length === 0).length;
  const isChecked = plan.size === sendable;
  const left = rowsToImport(rows, plan, done);
  const hasBegun = done.size > 0 || busy === 'IMPORT';
  const all = shownRows(rows, plan, done);
  const resume = () => (isChecked ? work.run(rows, choices) : work.check(rows));
  return (
    <Part title={hasBegun ? words.importAgents.result : words.importAgents.preview}>
      {busy && (
        <Doing
          label={busy === 'CHECK' ? words.importAgents.checking : words.importAgents.importing}
          textOf={busy === 'CHECK' ? words.importAgents.checked : words.importAgents.imported}
          done={busy === 'CHECK' ? plan.size : done.size}
          all={busy === 'CHECK' ? sendable : done.size + left.length}
          stop={work.stop}
        />
      )}
      {error && <Problem error={error} retry={resume} />}
      {wasStopped && (
        <Group role="status">
          <Text size="sm">{words.importAgents.stopped}</Text>
          <Button size="xs" variant="default" onClick={resume}>
            {words.importAgents.goOn}
          </Button>
        </Group>
      )}
      {isChecked && !hasBegun && left.length > 0 && (
        <ImportOptions choices={choices} onChange={setChoices} />
      )}
      {isChecked && !hasBegun && (
        <Stack gap="xs" align="start">
          {left.length === 0 && <Text role="status">{words.importAgents.nothing}</Text>}
          {left.length > 0 && (
            <Button onClick={() => work.run(rows, choices)}>
              {words.importAgents.submit(left.length)}
            </Button>
          )}
        </Stack>
      )}
      <Group justify="space-between" align="end">
        <Shown rows={all} isDone={hasBegun} value={shown} onChange={setShown} />
        {done.size > 0 && !busy && (
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => saveResults(all)}
          >
            {words.importAgents.download}
          </Button>
        )}
      </Group>
      <ImportTable rows={all.filter((row) => shown === null || outcomeOf(row) === shown)} />
    </Part>
  );
}

/** Which rows are shown, with the number of each outcome. */
function Shown({
  rows,
  isDone,
  value,
  onChange,
}: {
  rows: readonly ShownRow[];
  isDone: boolean;
  value: Outcome | null;
  onChange: (value: Outcome | null) => void;
}) {
  const counts = new Map<Outcome | null, number>();
  for (const row of rows) counts.set(outcomeOf(row), (counts.get(outcomeOf(row)) ?? 0) + 1);
  const wordsOf = isDone ? words.importAgents.did : words.importAgents.will;
  return (
    <NativeSelect
      label={words.importAgents.show}
      value={value ?? ''}
      data={[
        { value: '', label: words.importAgents.everything(rows.length) },
        ...outcomes
          .filter((outcome) => counts.has(outcome))
          .map((outcome) => ({
            value: outcome,
            label: words.importAgents.counted(wordsOf[outcome], writeCount(counts.get(outcome)!)),
          })),
      ]}
      onChange={({ currentTarget }) =>
        onChange(outcomes.find((outcome) => outcome === currentTarget.value) ?? null)
      }
    />
  );
}

function Doing({
  label,
  textOf,
  done,
  all,
  stop,
}: {
  label: string;
  textOf: (done: string, all: string) => string;
  done: number;
  all: number;
  stop: () => void;
}) {
  return (
    <Group>
      <Progress.Root w={160}>
        <Progress.Section value={all === 0 ? 100 : (done / all) * 100} aria-label={label} />
      </Progress.Root>
      <Text size="sm" className="number">
        {textOf(writeCount(done), words.importAgents.rows(all))}
      </Text>
      <Button size="xs" variant="default" onClick={stop}>
        {words.ui.cancel}
      </Button>
    </Group>
  );
}
