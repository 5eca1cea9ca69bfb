import type { UseFormReturnType } from '@mantine/form';
import { useEffect } from 'react';
import { useUnsaved } from './use-unsaved';

/**
 * Keeps a form's fields up to date: a newly read value replaces the old one, but never overwrites a field
 * that somebody is changing. So a form that is saved puts back no old value of another field. `of` names
 * what the form changes: what was typed into it outlives the end of the sign-in.
 */
export function useFreshForm<Values extends object>(
  form: UseFormReturnType<Values>,
  { of, present }: { of: string; present: Values },
): void {
  const read = JSON.stringify(present);
  const { getValues, isDirty, setInitialValues, setValues, resetDirty } = form;
  useEffect(() => {
    const values = JSON.parse(read) as Values;
    const isTouched = isDirty();
    const touched = changedValues({ isDirty }, getValues());
    setInitialValues(values);
    setValues({ ...values, ...touched });
    if (!isTouched) resetDirty(values);
    // A form's functions are new at each render; only newly read values count.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [read]);
  useUnsaved(of, {
    changed: () => changedValues({ isDirty }, getValues()),
    putBack: (values) => setValues(values),
  });
}

/**
 * The values that somebody has changed. A form sends only these: what is left out stays as it is, so that a
 * page that was opened earlier puts back no old value.
 */
export function changedValues<Values extends object>(
  { isDirty }: Pick<UseFormReturnType<Values>, 'isDirty'>,
  values: Values,
): Partial<Values> {
  const changed = Object.entries(values).filter(([name]) => isDirty(name));
  return Object.fromEntries(changed) as Partial<Values>;
}
