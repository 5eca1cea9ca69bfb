import { Center, Loader } from '@mantine/core';

/** While the page is on its way. */
export function Waiting() {
  return (
    <Center mih={240} role="status" aria-label="Loading">
      <Loader />
    </Center>
  );
}
