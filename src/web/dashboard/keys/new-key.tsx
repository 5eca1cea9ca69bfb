import { useState } from 'react';
import { SecretDialog } from '../../ui/secret-dialog';
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
    <SecretDialog
      isOpen={isOpen}
      title={words.keys.add}
      secret={secret}
      texts={words.keys.secret}
      onClose={close}
    >
      <NewKeyForm onMade={setSecret} onCancel={close} />
    </SecretDialog>
  );
}
