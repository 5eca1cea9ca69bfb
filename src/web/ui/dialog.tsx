import { Drawer, Modal, type DrawerProps, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';

/** A dialog. A page has several and most are never opened: each is made when it opens for the first time. */
export function Dialog(props: ModalProps) {
  return useMade(props.opened) && <Modal {...props} returnFocus={false} />;
}

/** A dialog at the side of the page, made in the same way. */
export function SideDialog(props: DrawerProps) {
  return useMade(props.opened) && <Drawer {...props} returnFocus={false} />;
}

/** Whether it was ever open: then it stays, for its way out. */
function useMade(isOpen: boolean): boolean {
  // Mantine's own return knows only dialogs that were made before they open.
  useFocusReturn(isOpen);
  const [isMade, setMade] = useState(isOpen);
  if (isOpen && !isMade) setMade(true);
  return isMade;
}

/**
 * Returns the focus to where it was, even if the dialog is removed instead of closed. If that element is
 * gone or disabled, the focus goes to the nearest focusable element around it.
 */
function useFocusReturn(isOpen: boolean): void {
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
