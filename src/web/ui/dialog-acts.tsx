import { Group } from '@mantine/core';
import type { ReactNode } from 'react';

/** The buttons at the end of a dialog. They stay in view if the dialog is longer than the screen. */
export function DialogActs({ children }: { children: ReactNode }) {
  return (
    <Group justify="end" className="dialog-acts">
      {children}
    </Group>
  );
}
