import type { ComponentProps } from 'react';

/**
 * A small button in a row of a table, or beside a list. One element without a component of Mantine: a page
 * has a button in each of its rows.
 */
export function SmallButton({
  isOfList = false,
  isQuiet = false,
  children,
  ...others
}: {
  /** Whether it is about the whole list: it is a little larger. */
  isOfList?: boolean;
  isQuiet?: boolean;
} & Omit<ComponentProps<'button'>, 'className' | 'type'>) {
  return (
    <button
      {...others}
      type="button"
      className="small-button mantine-active mantine-focus-auto"
      data-of-list={isOfList || undefined}
      data-quiet={isQuiet || undefined}
    >
      <span>{children}</span>
    </button>
  );
}
