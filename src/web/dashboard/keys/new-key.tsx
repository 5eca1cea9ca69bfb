import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { CopyLine } from '../../ui/copy-line';
import { NewKeyForm } from './new-key-form';

/** Makes a key, and shows its secret this once. */
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
      title={secret ? 'Keep this secret now' : 'New key'}
      // A secret that is gone by a stray click or key cannot be shown again.
      closeOnClickOutside={false}
      closeOnEscape={!secret}
      withCloseButton={!secret}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {secret ? (
        <Stack>
          <Alert
            color="orange"
            variant="outline"
            icon={<IconAlertTriangle aria-hidden />}
            role="status"
          >
            It is shown this once and kept nowhere. Whoever has it can do all that the key may: put
            it where your other secrets are.
          </Alert>
          <CopyLine text={secret} label="The key’s secret" />
          <Group justify="end">
            <Button onClick={close}>I have kept it</Button>
          </Group>
        </Stack>
      ) : (
        <NewKeyForm onMade={setSecret} onCancel={close} />
      )}
    </Modal>
  );
}
