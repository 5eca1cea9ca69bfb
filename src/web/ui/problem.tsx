import { Alert, Button, Group } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { messageOf } from './message-of';
import { words } from '../words';

/** Shows what went wrong, with a button to try again. */
export function Problem({ error, retry }: { error: Error; retry?: () => void }) {
  return (
    <Alert color="red" variant="outline" icon={<IconAlertCircle aria-hidden />} role="alert">
      <Group justify="space-between">
        {messageOf(error)}
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {words.ui.tryAgain}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
