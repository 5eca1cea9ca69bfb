import { ActionIcon, Button, Group, Paper, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { memo, useState, type ReactNode } from 'react';
import type { Selection } from '../../../ui/use-selection';
import { words } from '../../../words';
import { choicesOf } from '../../../ui/choices';
import type { Agent } from '../agent-words';
import { BulkDialog } from './bulk-dialog';
import type { BulkAct } from './plan-acts';

/** The acts for the chosen agents. It is there as soon as an agent is chosen; another page does not draw it again. */
export const BulkBar = memo(function BulkBar({
  selection: { chosen, keep },
  more,
}: {
  selection: Pick<Selection<Agent>, 'chosen' | 'keep'>;
  /** A way to choose more agents than those of the page, as soon as one is chosen. */
  more: ReactNode;
}) {
  const [act, setAct] = useState<BulkAct | null>(null);
  return (
    <>
      {chosen.size > 0 && (
        <Paper
          withBorder
          shadow="md"
          p="xs"
          className="chosen-bar"
          role="toolbar"
          aria-label={words.bulkAgents.bar}
        >
          <Group gap="xs" wrap="nowrap" className="acts">
            <Text fw={600} size="sm" className="number fixed" role="status" px="xs">
              {words.bulkAgents.chosen(chosen.size)}
            </Text>
            {more}
            {choicesOf(words.bulkAgents.act).map(({ value, label }) => (
              <Button
                key={value}
                size="xs"
                variant="default"
                className="fixed"
                onClick={() => setAct(value)}
              >
                {label}
              </Button>
            ))}
            <ActionIcon
              variant="subtle"
              color="gray"
              ms="auto"
              className="fixed"
              aria-label={words.bulkAgents.clear}
              onClick={() => keep()}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        </Paper>
      )}
      <BulkDialog
        act={act}
        chosen={chosen}
        onClose={(isLeft) => {
          setAct(null);
          keep(isLeft);
        }}
      />
    </>
  );
});
