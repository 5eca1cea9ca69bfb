import type { UseFormReturnType } from '@mantine/form';
import { useEffect } from 'react';

/**
 * Keeps a form's fields up to date: newly read values replace the old ones, but never overwrite a form
 * that somebody is changing.
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
    // A form's functions are new at each render; only newly read values count.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [read]);
}
