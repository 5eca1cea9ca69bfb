import { useMediaQuery } from '@mantine/hooks';

/** Too narrow for a table: its columns would be off the screen. */
const phone = '(max-width: 40em)';

export function useIsPhone(): boolean {
  return useMediaQuery(phone, undefined, { getInitialValueInEffect: false });
}
