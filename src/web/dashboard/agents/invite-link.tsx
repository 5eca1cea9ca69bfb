import { Button, Group, Stack, Text } from '@mantine/core';
import { CopyLine } from '../../ui/copy-line';

/** What an admin gives to an agent if the account sends no mails. */
export interface HandedOver {
  name: string;
  link: string;
}

/** The link of an invitation, to be handed over in another way than by mail. */
export function LinkToHandOver({ name, link, onClose }: HandedOver & { onClose: () => void }) {
  return (
    <Stack>
      <Text role="status">
        {name} is invited. No mail was sent, because e-mail notifications are off. Give this link to{' '}
        {name}. It can be used once, for seven days, and is not shown again.
      </Text>
      <CopyLine text={link} label="Activation link" />
      <Group justify="end">
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
