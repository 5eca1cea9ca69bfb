import { Badge } from '@mantine/core';

/** Where something stands, in a word: the word is read, its colour only helps. */
export function Mark({ says, color }: { says: string; color: string }) {
  return (
    <Badge color={color} variant="outline" c="var(--mantine-color-text)" className="mark">
      {says}
    </Badge>
  );
}
