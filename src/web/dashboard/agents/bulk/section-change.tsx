import { Checkbox, SegmentedControl, SimpleGrid, Stack } from '@mantine/core';
import { choicesOf } from '../../../ui/choices';
import { words } from '../../../words';
import { sections } from '../agent-words';
import type { SectionChange } from './plan-acts';

/** Which sections to add, to remove, or to leave as the only ones. */
export function SectionChangeFields({
  change,
  isDisabled,
  onChange,
}: {
  change: SectionChange;
  isDisabled: boolean;
  onChange: (change: SectionChange) => void;
}) {
  return (
    <fieldset className="plain" disabled={isDisabled}>
      <Stack gap="sm" align="start">
        <SegmentedControl
          size="xs"
          aria-label={words.bulkAgents.mode}
          disabled={isDisabled}
          value={change.mode}
          data={choicesOf(words.bulkAgents.modes)}
          onChange={(mode) => onChange({ ...change, mode })}
        />
        <Checkbox.Group
          label={words.bulkAgents.sections}
          value={[...change.sections]}
          onChange={(value) => onChange({ ...change, sections: value })}
        >
          <SimpleGrid cols={{ base: 2, xs: 4 }} spacing="xs" mt={6}>
            {sections.map((section) => (
              <Checkbox key={section} value={section} label={words.agents.section[section]} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      </Stack>
    </fieldset>
  );
}
