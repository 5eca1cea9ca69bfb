import type { CSSProperties } from 'react';

/** A state in one word. The word carries the meaning; its colour only helps. */
export function Mark({ label, color }: { label: string; color: string }) {
  return (
    <span
      className="mark"
      style={{ '--mark-color': `var(--mantine-color-${color}-outline)` } as CSSProperties}
    >
      {label}
    </span>
  );
}
