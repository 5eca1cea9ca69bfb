import { Text } from '@mantine/core';
import { writeLocalText } from '../../format/times';
import { writeInstant } from '../../ui/instant';

/** An instant in a narrow column, its time below its date. */
export function At({ at, local }: { at: string; local?: string }) {
  const [date = '', time = ''] = (local ? writeLocalText(local) : writeInstant(at)).split(', ');
  return (
    <time dateTime={at} title={at}>
      <TwoLines first={date} second={time} />
    </time>
  );
}

/** A cell of two lines, the second one quieter. */
export function TwoLines({ first, second }: { first: string; second: string | null }) {
  return (
    <>
      {first}
      {second && (
        <Text size="xs" c="dimmed" span display="block">
          {second}
        </Text>
      )}
    </>
  );
}
