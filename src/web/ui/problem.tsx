import { Alert, Button, Group } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { Fault } from '../api/fault';
import { messageOf } from './message-of';
import { words } from '../words';

/** Shows what went wrong, with a button to try again unless that can only bring the same answer. */
export function Problem({ error, retry }: { error: Error; retry?: () => void }) {
  return (
    <Alert color="red" variant="outline" icon={<IconAlertCircle aria-hidden />} role="alert">
      <Group justify="space-between">
        {messageOf(error)}
        {retry && !isRefused(error) && (
          <Button size="xs" variant="default" onClick={retry}>
            {words.ui.tryAgain}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

/** The person lacks a permission. When somebody gives it, the page is loaded again. */
function isRefused(error: Error): boolean {
  return error instanceof Fault && error.code === 'FORBIDDEN';
}
