import { SegmentedControl, Stack } from '@mantine/core';
import { choicesOf } from '../../../ui/choices';
import { words } from '../../../words';
import { SectionBoxes } from '../section-boxes';
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
        <SectionBoxes
          label={words.bulkAgents.sections}
          value={[...change.sections]}
          onChange={(value) => onChange({ ...change, sections: value })}
        />
      </Stack>
    </fieldset>
  );
}
