import type { ComponentProps } from 'react';

/**
 * A small button in the row of a table, with the look of the others. One element without a component of
 * Mantine: a page has a button in each of its rows.
 */
export function RowButton({
  isQuiet = false,
  children,
  ...others
}: { isQuiet?: boolean } & Omit<ComponentProps<'button'>, 'className' | 'type'>) {
  return (
    <button
      {...others}
      type="button"
      className="row-button mantine-active mantine-focus-auto"
      data-quiet={isQuiet || undefined}
    >
      <span>{children}</span>
    </button>
  );
}
