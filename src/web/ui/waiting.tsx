import { Center, Loader } from '@mantine/core';
import { words } from '../words';

/** Shown while a page is loading. */
export function Waiting() {
  return (
    <Center mih={240} role="status" aria-label={words.ui.loading}>
      <Loader />
    </Center>
  );
}
