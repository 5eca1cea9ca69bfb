import { Alert, Anchor, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconFileSpreadsheet } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { Part } from '../../../ui/part';
import { useTitle } from '../../../ui/use-title';
import { writeCount } from '../../../format/count';
import { words } from '../../../words';
import { AdminPage } from '../../admin-page';
import type { AgentFile, FileProblem } from './agent-file';
import { ImportRows } from './import-rows';
import { readFile } from './read-file';

/** Agents from a file of another service desk: choose, look, import. */
export function ImportAgents() {
  useTitle(words.importAgents.title);
  return (
    <AdminPage title={words.importAgents.title}>
      <Anchor component={Link} to="/admin/agents" size="sm">
        {words.importAgents.all}
      </Anchor>
      <FileAndRows />
    </AdminPage>
  );
}

interface Chosen {
  /** Another file starts with a fresh state, also one of the same name. */
  turn: number;
  name: string;
  file: AgentFile;
}

function FileAndRows() {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const forget = useRef<() => void>(null);
  const choose = async (file: File | null) => {
    if (!file) return;
    // A browser reports only another choice, but the same file may have been corrected.
    forget.current?.();
    const read = await readFile(file);
    setChosen((before) => ({ turn: (before?.turn ?? 0) + 1, name: file.name, file: read }));
  };
  const file = chosen?.file;
  return (
    <Stack>
      <Part title={words.importAgents.file} description={words.importAgents.fileText}>
        <Text size="sm">{words.importAgents.columns}</Text>
        <Group>
          <FileButton
            accept=".csv,.txt,.tsv,text/csv"
            resetRef={forget}
            onChange={(given) => void choose(given)}
          >
            {(props) => (
              <Button
                {...props}
                variant={chosen ? 'default' : 'filled'}
                leftSection={<IconFileSpreadsheet size={18} aria-hidden />}
              >
                {chosen ? words.importAgents.chooseOther : words.importAgents.choose}
              </Button>
            )}
          </FileButton>
          {chosen && file && 'rows' in file && (
            <Text className="heading" role="status">
              {words.importAgents.chosen(chosen.name, words.importAgents.rows(file.rows.length))}
            </Text>
          )}
        </Group>
        {chosen && file && 'problem' in file && (
          <Alert
            color="red"
            variant="outline"
            icon={<IconAlertCircle aria-hidden />}
            role="alert"
            title={chosen.name}
            className="heading"
          >
            {messageOfProblem(file)}
          </Alert>
        )}
        {file && 'rows' in file && file.unused.length > 0 && (
          <Text size="sm" c="dimmed">
            {words.importAgents.unused(file.unused.join(', '))}
          </Text>
        )}
      </Part>
      {chosen && file && 'rows' in file && <ImportRows key={chosen.turn} rows={file.rows} />}
    </Stack>
  );
}

function messageOfProblem(file: FileProblem): string {
  if (file.problem === 'tooLong') return words.importAgents.tooLong(writeCount(file.count));
  if (file.problem === 'badQuotes') return words.importAgents.badQuotes(writeCount(file.place));
  return words.importAgents.problem[file.problem];
}
