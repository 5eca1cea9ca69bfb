import { Button, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { messageOf } from '../../../ui/message-of';
import type { Selection } from '../../../ui/use-selection';
import { words } from '../../../words';
import { readAllPages, type ReadPage } from '../../ledger/ledger-pages';
import type { Agent } from '../agent-words';

/** An act is sent for one agent after the other: this many take about a minute. */
const chosenMax = 1_000;

/** Chooses all agents of the list under its filter. It is offered when all of the page are chosen. */
export function ChooseAll({
  rows,
  total,
  selection: { chosen, set },
  readPage,
}: {
  /** The rows of the page. */
  rows: readonly Agent[];
  /** Null: more than the service counts. */
  total: number | null;
  selection: Pick<Selection<Agent>, 'chosen' | 'set'>;
  readPage: ReadPage<Agent>;
}) {
  const [isReading, setReading] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const reading = useRef<AbortController>(null);
  useEffect(() => () => reading.current?.abort(), []);
  const isPageChosen = rows.length > 0 && rows.every(({ id }) => chosen.has(id));
  if (!isPageChosen || total === null || total <= chosen.size || total > chosenMax) return null;

  const chooseAll = async () => {
    const { signal } = (reading.current = new AbortController());
    setReading(true);
    setError(null);
    try {
      for await (const page of readAllPages(readPage, signal)) set(page.rows, true);
    } catch (failure) {
      if (!signal.aborted) setError(failure as Error);
    } finally {
      setReading(false);
    }
  };
  return (
    <>
      <Button
        size="xs"
        variant="light"
        className="fixed"
        loading={isReading}
        onClick={() => void chooseAll()}
      >
        {words.bulkAgents.chooseAll(total)}
      </Button>
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert" className="fixed">
          {messageOf(error)}
        </Text>
      )}
    </>
  );
}
