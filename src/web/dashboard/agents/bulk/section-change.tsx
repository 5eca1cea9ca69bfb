import { Stack } from '@mantine/core';
import { choicesOf } from '../../../ui/choices';
import { Segments } from '../../../ui/segments';
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
        <Segments
          label={words.bulkAgents.mode}
          isDisabled={isDisabled}
          value={change.mode}
          choices={choicesOf(words.bulkAgents.modes)}
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
