import { Button, Modal, Stack } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
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
  useFocusReturn(isOpen);
  return (
    <Modal
      opened={isOpen}
      returnFocus={false}
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
    </Modal>
  );
}

/**
 * Returns the focus to where it was, even if the dialog is removed instead of closed. If that element is
 * gone or disabled, the focus goes to the nearest focusable element around it.
 */
export function useFocusReturn(isOpen: boolean): void {
  useEffect(() => {
    const { activeElement: before } = document;
    if (!isOpen || !(before instanceof HTMLElement)) return;
    const around = before.parentElement?.closest<HTMLElement>('[tabindex]');
    return () => {
      // After React has drawn what the action changed.
      setTimeout(() => {
        // What the action has drawn may have taken the focus already.
        const { activeElement: now } = document;
        if (now && now !== document.body && !now.closest('[role=dialog]')) return;
        const isThere = before.isConnected && !before.matches(':disabled');
        if (isThere) before.focus();
        // The person has just seen it: it may be a long list, and its top far from there.
        else around?.focus({ preventScroll: true });
      });
    };
  }, [isOpen]);
}
