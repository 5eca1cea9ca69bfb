import { Checkbox, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { AgentRole, Section } from '../../generated/app';
import { ZoneSelect } from '../../ui/zone-select';
import { choicesOf, roleWords, sections, sectionWords } from './agent-words';

/** What both an invitation and a later change say of an agent. */
export interface AgentValues {
  name: string;
  timeZone: string;
  role: AgentRole;
  sections: Section[];
}

/** What is wrong with a field, in the service's words. */
export type ErrorAt = (field: string) => string | undefined;

export function AgentName<Values extends AgentValues>({
  form,
  errorAt,
}: {
  form: UseFormReturnType<Values>;
  errorAt: ErrorAt;
}) {
  return (
    <TextInput
      label="Name"
      required
      maxLength={200}
      {...form.getInputProps('name')}
      error={errorAt('name')}
    />
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
  const zone = form.getInputProps('timeZone');
  return (
    <>
      <ZoneSelect
        label="Time zone"
        description={zoneDescription}
        value={zone.value}
        error={errorAt('timeZone')}
        onChange={zone.onChange}
      />
      <Radio.Group label="Role" {...form.getInputProps('role')} error={errorAt('role')}>
        <Stack gap="xs" mt={6}>
          {choicesOf(roleWords).map(({ value, label }) => (
            <Radio key={value} value={value} label={label} description={roleMeanings[value]} />
          ))}
        </Stack>
      </Radio.Group>
      <Checkbox.Group
        label="Sections"
        description="The parts of the service desk that they may use."
        {...form.getInputProps('sections')}
        error={errorAt('sections')}
      >
        <SimpleGrid cols={{ base: 2, xs: 4 }} spacing="xs" mt={6}>
          {sections.map((section) => (
            <Checkbox key={section} value={section} label={sectionWords[section]} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
    </>
  );
}

const roleMeanings: Record<AgentRole, string> = {
  AGENT: 'Works on tickets.',
  ACCOUNT_ADMIN: 'Administers this account: agents, day passes, settings.',
};
