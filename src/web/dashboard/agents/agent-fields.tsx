import { Radio, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import type { AgentRole, Section } from '../../generated/app';
import { ZoneSelect, type ZoneInput } from '../../ui/zone-select';
import { choicesOf } from '../../ui/choices';
import { SectionBoxes } from './section-boxes';
import { words } from '../../words';

/** The fields of an agent that an invitation and a later change share. */
export interface AgentValues {
  name: string;
  email: string;
  timeZone: string;
  role: AgentRole;
  sections: Section[];
}

/** The longest name of an agent. */
export const nameMax = 200;

/** What is wrong with a field. */
export type ErrorAt = (field: keyof AgentValues) => ReactNode;

/** Name and address. */
export function AgentPersonFields<Values extends AgentValues>({
  form,
  errorAt,
  takesFocus,
}: {
  form: UseFormReturnType<Values>;
  errorAt: ErrorAt;
  /** Whether the first field has the focus as soon as it is drawn. */
  takesFocus?: boolean;
}) {
  return (
    <>
      <TextInput
        label={words.agents.fields.name}
        required
        autoFocus={takesFocus}
        {...form.getInputProps('name')}
        error={errorAt('name')}
      />
      <TextInput
        label={words.agents.fields.email}
        type="email"
        required
        {...form.getInputProps('email')}
        error={errorAt('email')}
      />
    </>
  );
}

/** Zone, role and sections. */
export function AgentAccessFields<Values extends AgentValues>({
  form,
  zoneDescription,
  errorAt,
}: {
  form: UseFormReturnType<Values>;
  zoneDescription: string;
  errorAt: ErrorAt;
}) {
  const zone = form.getInputProps('timeZone') as ZoneInput;
  return (
    <>
      <ZoneSelect
        label={words.agents.fields.timeZone}
        description={zoneDescription}
        value={zone.value}
        error={errorAt('timeZone')}
        onChange={zone.onChange}
      />
      <Radio.Group
        label={words.agents.fields.role}
        {...form.getInputProps('role')}
        error={errorAt('role')}
      >
        <Stack gap="xs" mt={6}>
          {choicesOf(words.agents.role).map(({ value, label }) => (
            <Radio
              key={value}
              value={value}
              label={label}
              description={words.agents.roleText[value]}
            />
          ))}
        </Stack>
      </Radio.Group>
      <SectionBoxes
        label={words.agents.fields.sections}
        description={words.agents.fields.sectionsText}
        {...form.getInputProps('sections')}
        error={errorAt('sections')}
      />
    </>
  );
}
