import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { CopyLine } from '../../ui/copy-line';
import { NewKeyForm } from './new-key-form';
import { words } from '../../words';

/** Creates a key, and shows its secret once. */
export function NewKey({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => {
    setSecret(null);
    onClose();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      size="lg"
      title={secret ? words.keys.secret.title : words.keys.add}
      // A stray click or key must not close the only view of the secret.
      closeOnClickOutside={false}
      closeOnEscape={!secret}
      withCloseButton={!secret}
      closeButtonProps={{ 'aria-label': words.ui.close }}
    >
      {secret ? (
        <Stack>
          <Alert
            color="orange"
            variant="outline"
            icon={<IconAlertTriangle aria-hidden />}
            role="status"
          >
            {words.keys.secret.text}
          </Alert>
          <CopyLine text={secret} label={words.keys.secret.label} />
          <Group justify="end">
            <Button onClick={close}>{words.keys.secret.done}</Button>
          </Group>
        </Stack>
      ) : (
        <NewKeyForm onMade={setSecret} onCancel={close} />
      )}
    </Modal>
  );
}
