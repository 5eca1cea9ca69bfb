import { Alert, Button, Group } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { saysOf } from './says';
import { words } from '../words';

/** Shows what went wrong, with a button to try again. */
export function Problem({ error, retry }: { error: Error; retry?: () => void }) {
  return (
    <Alert color="red" variant="outline" icon={<IconAlertCircle aria-hidden />} role="alert">
      <Group justify="space-between">
        {saysOf(error)}
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {words.ui.tryAgain}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
