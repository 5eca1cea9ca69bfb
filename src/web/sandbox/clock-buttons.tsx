import { Button, Group, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import type { Local } from '../format/local';
import { localIn } from '../format/zone';
import { NextEndsDocument, NextMidnightDocument } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { midnightsOf, writeThere, type Midnight } from './midnight.rules';
import type { Target } from './use-move-clock';
import { words } from '../words';

const hourMs = 3_600_000;
/**
 * The number of passes that are searched for midnights; there are at most as many midnights as
 * zones.
 */
const passesMax = 100;

/** Moves the clock by an hour, or to a midnight that ends a pass. */
export function ClockButtons({
  nowMs,
  timeZone,
  target,
  onMove,
}: {
  nowMs: number;
  timeZone: string;
  target: Target | null;
  onMove: (target: Target) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const { data } = useApiQuery(NextEndsDocument, { first: passesMax }, { enabled: isOpen });
  const next = useApiQuery(NextMidnightDocument, { timeZone }, { enabled: isOpen });
  const own = next.data?.zone?.nextMidnight;
  const midnights = midnightsOf(data?.dayPassConsumptions?.edges.map(({ node }) => node) ?? []);
  const isMoving = target !== null;
  return (
    <Group gap="xs">
      <Button
        size="compact-sm"
        variant="default"
        disabled={isMoving}
        onClick={({ detail: clicks }) => {
          // The second click of a double click may come when the first has arrived.
          if (clicks > 1) return;
          onMove({ to: localIn(Math.ceil(nowMs) + hourMs, timeZone), timeZone });
        }}
      >
        {words.sandbox.hour}
      </Button>
      <Menu
        opened={isOpen}
        onChange={setOpen}
        position="bottom-start"
        // Within the strip, and without a focus target that has no role.
        withinPortal={false}
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            loading={isMoving}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {words.sandbox.toMidnight}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className="midnights">
          {midnights.map((midnight) => (
            <Choice
              key={`${midnight.at.ms} ${midnight.timeZone}`}
              at={midnight.at}
              timeZone={midnight.timeZone}
              description={writePasses(midnight)}
              onMove={onMove}
            />
          ))}
          {isOpen && own && Date.parse(own) > nowMs && (
            <Choice
              at={localIn(Date.parse(own), timeZone)}
              timeZone={timeZone}
              description={words.sandbox.ownMidnight}
              onMove={onMove}
            />
          )}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function Choice({
  at,
  timeZone,
  description,
  onMove,
}: {
  at: Local;
  timeZone: string;
  description: string;
  onMove: (target: Target) => void;
}) {
  return (
    <Menu.Item onClick={() => onMove({ to: at, timeZone })}>
      <Text size="sm">{writeThere(at, timeZone)}</Text>
      <Text size="xs" c="dimmed">
        {description}
      </Text>
    </Menu.Item>
  );
}

/** 'Ends the pass of Walter Brandt', 'Ends the passes of Walter Brandt and 2 others'. */
function writePasses({ names: [first = '', second, ...others] }: Midnight): string {
  if (second === undefined) return words.sandbox.endsOne(first);
  if (others.length === 0) return words.sandbox.endsTwo(first, second);
  return words.sandbox.endsMore(first, others.length + 1);
}
