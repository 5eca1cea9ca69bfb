import { Paper, Text } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { ToCome } from '../../ui/to-come';

/** A value with its label, as one group for people who use a screen reader. */
export function Tile({
  name,
  label,
  aside,
  remark,
  isQuiet = false,
  children,
}: {
  /** The value's name for tests. */
  name: string;
  label: ReactNode;
  /** Beside the label. */
  aside?: ReactNode;
  /** Below the value. */
  remark?: ReactNode;
  /** The value is a text in place of a number. */
  isQuiet?: boolean;
  /** The value; null while it is not known. */
  children?: ReactNode;
}) {
  const id = useId();
  return (
    <Paper withBorder className="tile" role="group" aria-labelledby={id}>
      <div className="tile-label">
        <Text span size="sm" c="dimmed" id={id}>
          {label}
        </Text>
        {aside}
      </div>
      {children == null ? (
        <ToCome height={30} width={110} />
      ) : (
        <div className="tile-value" data-quiet={isQuiet} data-fact={name}>
          {children}
        </div>
      )}
      {remark && (
        <Text size="xs" c="dimmed" component="div">
          {remark}
        </Text>
      )}
    </Paper>
  );
}
