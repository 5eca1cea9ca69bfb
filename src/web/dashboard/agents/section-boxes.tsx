import { Checkbox, type CheckboxGroupProps } from '@mantine/core';
import type { Section } from '../../generated/app';
import { words } from '../../words';
import { sections } from './agent-words';

/** Check boxes for the sections of the service desk. */
export function SectionBoxes(props: Omit<CheckboxGroupProps<Section>, 'children'>) {
  return (
    <Checkbox.Group<Section> {...props}>
      <div className="boxes">
        {sections.map((section) => (
          <Checkbox key={section} value={section} label={words.agents.section[section]} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
