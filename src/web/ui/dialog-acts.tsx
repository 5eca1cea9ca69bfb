import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../words';

/** The buttons at the end of a dialog. They stay in view if the dialog is longer than the screen. */
export function DialogActs({ children }: { children: ReactNode }) {
  return (
    <Group justify="end" className="dialog-acts">
      {children}
    </Group>
  );
}

/** The buttons of a form in a dialog: *Cancel*, and the one that submits. */
export function SubmitActs({
  label,
  isBusy,
  onCancel,
}: {
  /** Of the button that submits. */
  label: string;
  isBusy: boolean;
  onCancel: () => void;
}) {
  return (
    <DialogActs>
      <Button variant="default" onClick={onCancel}>
        {words.ui.cancel}
      </Button>
      <Button type="submit" loading={isBusy}>
        {label}
      </Button>
    </DialogActs>
  );
}
