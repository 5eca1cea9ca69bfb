import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { Dialog } from '../../../ui/dialog';
import { writeCount } from '../../../format/count';
import { useViewer } from '../../../session/viewer';
import { DialogActs } from '../../../ui/dialog-acts';
import { Problem } from '../../../ui/problem';
import { RowsToCome } from '../../../ui/rows-to-come';
import { words } from '../../../words';
import type { Agent } from '../agent-words';
import { useMailsGoOut } from '../invite-mails';
import { useOpenTickets } from '../open-tickets';
import { saveBulkResults } from './bulk-results';
import { BulkTable } from './bulk-table';
import { bulkRows } from './bulk-words';
import { planActs, type BulkAct, type SectionChange } from './plan-acts';
import { rowsLeft } from './run-acts';
import { SectionChangeFields } from './section-change';
import { sendAct } from './send-act';
import { useBulk, type Bulk } from './use-bulk';
import { useFreshAgents } from './use-fresh-agents';

/** One act for the chosen agents: what will happen to each, then what has happened. */
export function BulkDialog({
  act,
  chosen,
  onClose,
}: {
  act: BulkAct | null;
  chosen: ReadonlyMap<string, Agent>;
  /** `isLeft` names the agents that the act should still change. */
  onClose: (isLeft: (id: string) => boolean) => void;
}) {
  const bulk = useBulk();
  const close = () => {
    onClose((id) => !doneIn(bulk, id));
    bulk.reset();
  };
  return (
    <Dialog
      opened={act !== null}
      onClose={close}
      size="xl"
      title={act && words.bulkAgents.act[act]}
      // A stray click must not hide what is running.
      closeOnClickOutside={false}
      closeOnEscape={!bulk.isRunning}
      withCloseButton={!bulk.isRunning}
    >
      {act && <Contents act={act} chosen={chosen} bulk={bulk} onClose={close} />}
    </Dialog>
  );
}

function doneIn({ results }: Bulk, id: string): boolean {
  const result = results.get(id);
  return result !== undefined && 'done' in result;
}

function Contents({
  act,
  chosen,
  bulk,
  onClose,
}: {
  act: BulkAct;
  chosen: ReadonlyMap<string, Agent>;
  bulk: Bulk;
  onClose: () => void;
}) {
  const { agent: self } = useViewer();
  const { fresh, error, retry } = useFreshAgents(chosen);
  const isUnmailed = useMailsGoOut() === false;
  const [change, setChange] = useState<SectionChange>({ mode: 'ADD', sections: [] });
  const { results, isRunning } = bulk;
  const hasBegun = isRunning || results.size > 0;
  const tickets = useOpenTickets(hasBegun);
  if (error) return <Problem error={error} retry={retry} />;
  if (!fresh) return <RowsToCome rows={4} />;
  const plan = planActs({
    ...fresh,
    act,
    change,
    successorId: tickets.successorId,
    selfId: self?.id ?? null,
  });
  const { openTickets, handOver } = tickets;
  const rows = bulkRows(plan, results, { act, hasBegun, openTickets });
  const left = rowsLeft(plan, results);
  const isIncomplete = act === 'SECTIONS' && change.sections.length === 0;
  const run = () =>
    bulk.run(plan, {
      send: (row) => sendAct(act, row, handOver),
      isRepeatable: act !== 'INVITE',
    });
  return (
    <Stack>
      {!hasBegun && <Text>{words.bulkAgents.means[act]}</Text>}
      {act === 'INVITE' && isUnmailed && (
        <Alert color="orange" variant="outline">
          {words.bulkAgents.unmailed}
        </Alert>
      )}
      {act === 'SECTIONS' && !hasBegun && (
        <SectionChangeFields change={change} isDisabled={hasBegun} onChange={setChange} />
      )}
      {act === 'DEACTIVATE' && !hasBegun && tickets.fields}
      {isIncomplete && <Text role="status">{words.bulkAgents.chooseSections}</Text>}
      {left.length === 0 && !hasBegun && !isIncomplete && (
        <Text role="status">{words.bulkAgents.nothing}</Text>
      )}
      {!isIncomplete && <BulkTable rows={rows} hasBegun={hasBegun} />}
      <DialogActs>
        {/* In view below a list that is longer than the dialog. */}
        <State bulk={bulk} all={plan.filter(({ skip }) => skip === null).length} />
        {hasBegun && !isRunning && (
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => saveBulkResults(rows)}
          >
            {words.bulkAgents.download}
          </Button>
        )}
        {isRunning ? (
          <Button variant="default" onClick={bulk.stop}>
            {words.bulkAgents.stop}
          </Button>
        ) : (
          <Button variant="default" onClick={onClose}>
            {hasBegun ? words.ui.close : words.ui.cancel}
          </Button>
        )}
        {left.length > 0 && !isIncomplete && (
          <Button
            color={act === 'DEACTIVATE' ? 'red.8' : undefined}
            loading={isRunning}
            disabled={act === 'DEACTIVATE' && !tickets.isReady}
            onClick={run}
          >
            {labelOf(act, left.length, bulk)}
          </Button>
        )}
      </DialogActs>
    </Stack>
  );
}

/** The act itself; after a run, what is left of it. */
function labelOf(act: BulkAct, left: number, { results, wasStopped, isRunning }: Bulk): string {
  if (isRunning || results.size === 0) return words.bulkAgents.submit[act](left);
  return wasStopped ? words.bulkAgents.goOn(left) : words.bulkAgents.again(left);
}

/** How far the act is, and how it ended. */
function State({
  bulk: { results, isRunning, wasStopped, error },
  all,
}: {
  bulk: Bulk;
  all: number;
}) {
  if (!isRunning && results.size === 0) return null;
  const done = [...results.values()].filter((result) => 'done' in result).length;
  const text = isRunning
    ? words.bulkAgents.progress(writeCount(done), writeCount(all))
    : words.bulkAgents.finished(done, results.size - done);
  return (
    <Stack gap="xs" me="auto">
      <Group gap="xs">
        {isRunning && (
          <Progress.Root w={160}>
            <Progress.Section
              value={(done / Math.max(all, 1)) * 100}
              aria-label={words.bulkAgents.running}
            />
          </Progress.Root>
        )}
        <Text size="sm" className="number" role="status">
          {wasStopped ? words.bulkAgents.stopped : text}
        </Text>
      </Group>
      {error && <Problem error={error} />}
    </Stack>
  );
}
