import { Checkbox, Stack } from '@mantine/core';
import { words } from '../../../words';
import { useMailsGoOut } from '../invite-mails';
import { SectionBoxes } from '../section-boxes';
import type { Choices } from './use-import';

/** What new agents get. */
export function ImportOptions({
  choices,
  onChange,
}: {
  choices: Choices;
  onChange: (choices: Choices) => void;
}) {
  const isUnmailed = useMailsGoOut() === false;
  return (
    <fieldset className="plain" aria-label={words.importAgents.options}>
      <Stack>
        <Checkbox
          label={words.importAgents.invite}
          description={
            isUnmailed ? words.importAgents.inviteUnmailed : words.importAgents.inviteText
          }
          checked={choices.invite}
          onChange={({ currentTarget: { checked: invite } }) => onChange({ ...choices, invite })}
        />
        <SectionBoxes
          label={words.importAgents.sections}
          description={words.importAgents.sectionsText}
          value={[...choices.sections]}
          onChange={(value) => onChange({ ...choices, sections: value })}
        />
      </Stack>
    </fieldset>
  );
}
