import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from './dialog';
import { words } from '../words';
import { DialogActs } from './dialog-acts';
import { Form } from './form';

/** Asks before an action that cannot be undone, or that costs money, and shows what went wrong with it. */
export function Confirm({
  isOpen,
  title,
  children,
  label,
  isDangerous = false,
  isBusy = false,
  isReady = true,
  onConfirm,
  onClose,
}: {
  isOpen: boolean;
  title: string;
  children: ReactNode;
  /** The button's label: the action itself, not "OK". */
  label: string;
  isDangerous?: boolean;
  isBusy?: boolean;
  /** Whether everything that the action needs has been entered. */
  isReady?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog
      opened={isOpen}
      onClose={onClose}
      title={title}
      // An action that has been sent is not left before its answer.
      closeOnClickOutside={!isBusy}
      closeOnEscape={!isBusy}
      withCloseButton={!isBusy}
    >
      <Form
        isBusy={isBusy}
        isDisabled={false}
        onSubmit={() => {
          if (!isBusy && isReady) onConfirm();
        }}
      >
        <Stack>
          {children}
          <DialogActs>
            <Button variant="default" onClick={onClose} disabled={isBusy}>
              {words.ui.cancel}
            </Button>
            <Button
              type="submit"
              color={isDangerous ? 'red.8' : undefined}
              loading={isBusy}
              disabled={!isReady}
            >
              {label}
            </Button>
          </DialogActs>
        </Stack>
      </Form>
    </Dialog>
  );
}
