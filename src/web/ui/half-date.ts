import type { UseFormReturnType } from '@mantine/form';

/** A field for a date or a time returns no text as long as it is only half filled in. */
export function isHalfDate(form: Pick<UseFormReturnType<never>, 'getInputNode'>, field: string) {
  const node = form.getInputNode(field);
  return node instanceof HTMLInputElement && node.validity.badInput;
}
