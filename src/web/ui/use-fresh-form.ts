import type { UseFormReturnType } from '@mantine/form';
import { useEffect } from 'react';

/**
 * Keeps a form as the service has it: what was read anew comes into its fields, but never over what
 * somebody is changing.
 */
export function useFreshForm<Values extends object>(
  form: UseFormReturnType<Values>,
  present: Values,
): void {
  const read = JSON.stringify(present);
  const { isDirty, setInitialValues, setValues, resetDirty } = form;
  useEffect(() => {
    const values = JSON.parse(read) as Values;
    const isTouched = isDirty();
    setInitialValues(values);
    if (isTouched) return;
    setValues(values);
    resetDirty(values);
    // A form's functions are new at each drawing; only what was read counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [read]);
}
