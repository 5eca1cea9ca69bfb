import { Button, Group, Stack, Text } from '@mantine/core';
import { CopyLine } from '../../ui/copy-line';
import { words } from '../../words';

/** What an admin passes on to an agent if the account sends no mails. */
export interface HandedOver {
  name: string;
  link: string;
}

/** The link of an invitation, if it is not sent by mail. */
export function LinkToHandOver({ name, link, onClose }: HandedOver & { onClose: () => void }) {
  return (
    <Stack>
      <Text role="status">{words.agents.invite.handOver(name)}</Text>
      <CopyLine text={link} label={words.agents.invite.link} />
      <Group justify="end">
        <Button onClick={onClose} data-autofocus>
          {words.agents.invite.done}
        </Button>
      </Group>
    </Stack>
  );
}
