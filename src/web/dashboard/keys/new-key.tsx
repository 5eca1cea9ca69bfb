import { Modal } from '@mantine/core';
import { useState } from 'react';
import { SecretOnce } from '../../ui/secret-once';
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
        <SecretOnce {...words.keys.secret} secret={secret} onDone={close} />
      ) : (
        <NewKeyForm onMade={setSecret} onCancel={close} />
      )}
    </Modal>
  );
}
