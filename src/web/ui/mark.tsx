import { Badge } from '@mantine/core';

/** A state in one word. The word carries the meaning; its colour only helps. */
export function Mark({ says, color }: { says: string; color: string }) {
  return (
    <Badge color={color} variant="outline" c="var(--mantine-color-text)" className="mark">
      {says}
    </Badge>
  );
}
