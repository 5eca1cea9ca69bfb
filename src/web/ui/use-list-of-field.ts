import { useDisclosure } from '@mantine/hooks';

/**
 * For a field with a list that is closed most of the time: the list is made when the field is focused, and
 * not with the page. From then on it stays, as Mantine needs it for the keyboard.
 */
export function useListOfField() {
  const [keepMounted, { open }] = useDisclosure();
  return { keepMounted, onFocus: open };
}
