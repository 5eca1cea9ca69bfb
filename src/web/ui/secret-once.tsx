import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { CopyLine } from './copy-line';

/** A secret that is shown only once, in a dialog that only its button closes. */
export function SecretOnce({
  secret,
  text,
  label,
  done,
  onDone,
}: {
  secret: string;
  text: string;
  label: string;
  /** The button's label. */
  done: string;
  onDone: () => void;
}) {
  return (
    <Stack>
      <Alert
        color="orange"
        variant="outline"
        icon={<IconAlertTriangle aria-hidden />}
        role="status"
      >
        {text}
      </Alert>
      <CopyLine text={secret} label={label} />
      <Group justify="end">
        <Button onClick={onDone}>{done}</Button>
      </Group>
    </Stack>
  );
}
