import { Button, Group, Modal, Stack } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

/** Asks before something that cannot be undone, or that costs; says what went wrong where it did. */
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
  /** What the button says: the act itself, not "OK". */
  label: string;
  isDangerous?: boolean;
  isBusy?: boolean;
  /** Whether what it takes has been entered. */
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
      closeButtonProps={{ 'aria-label': 'Close' }}
      // What is under way is seen to its end.
      closeOnClickOutside={!isBusy}
      closeOnEscape={!isBusy}
      withCloseButton={!isBusy}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy && isReady) onConfirm();
        }}
      >
        <Stack>
          {children}
          <Group justify="end">
            <Button variant="default" onClick={onClose} disabled={isBusy}>
              Cancel
            </Button>
            <Button
              type="submit"
              color={isDangerous ? 'red.8' : undefined}
              loading={isBusy}
              disabled={!isReady}
            >
              {label}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/**
 * Whoever was asked goes on from where they were, also where the dialog is taken away rather than
 * closed; where what they had used is gone or shut, from what it stood in.
 */
function useFocusReturn(isOpen: boolean): void {
  useEffect(() => {
    const { activeElement: before } = document;
    if (!isOpen || !(before instanceof HTMLElement)) return;
    const around = before.parentElement?.closest<HTMLElement>('[tabindex]');
    return () => {
      // After what the act has changed is drawn.
      setTimeout(() => {
        const isThere = before.isConnected && !before.matches(':disabled');
        (isThere ? before : around)?.focus();
      });
    };
  }, [isOpen]);
}
