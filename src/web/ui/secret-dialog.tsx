import { Alert, Button, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Dialog } from './dialog';
import { CopyLine } from './copy-line';
import { DialogActs } from './dialog-acts';

interface SecretWords {
  title: string;
  text: string;
  label: string;
  /** The button's label. */
  done: string;
}

/**
 * A dialog in which a secret is made and then shown, only once. `children` makes it; while it is
 * shown, only the button closes the dialog.
 */
export function SecretDialog({
  isOpen,
  title,
  secret,
  texts,
  onClose,
  children,
}: {
  isOpen: boolean;
  /** As long as there is no secret. */
  title?: string;
  secret: string | null;
  texts: SecretWords;
  onClose: () => void;
  children?: ReactNode;
}) {
  return (
    <Dialog
      opened={isOpen}
      onClose={onClose}
      size="lg"
      title={secret ? texts.title : title}
      // A stray click or key must not close the only view of the secret.
      closeOnClickOutside={false}
      closeOnEscape={!secret}
      withCloseButton={!secret}
    >
      {secret ? <SecretOnce texts={texts} secret={secret} onDone={onClose} /> : children}
    </Dialog>
  );
}

function SecretOnce({
  secret,
  texts: { text, label, done },
  onDone,
}: {
  secret: string;
  texts: SecretWords;
  onDone: () => void;
}) {
  return (
    <Stack>
      <Alert
        color="orange"
        variant="outline"
        icon={<IconAlertTriangle aria-hidden />}
        role="status"
      >
        {text}
      </Alert>
      <CopyLine text={secret} label={label} />
      <DialogActs>
        <Button onClick={onDone}>{done}</Button>
      </DialogActs>
    </Stack>
  );
}
