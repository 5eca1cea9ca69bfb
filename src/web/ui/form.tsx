import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';

/**
 * A form. It is `noValidate`: the browser's own bubbles are in the browser's language, and they cover the
 * page. While what was sent has no answer, its fields are disabled. Afterwards the focus is in the first
 * field that is wrong, whether the form or the service says so; else it is where it was before.
 */
export function Form({
  isBusy,
  isDisabled = isBusy,
  fields = 'plain',
  label,
  onSubmit,
  children,
}: {
  isBusy: boolean;
  /** Whether the fields are disabled, if that is not only while the form is busy. */
  isDisabled?: boolean;
  /** How the group of the fields looks. */
  fields?: 'plain' | 'bare';
  label?: string;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  /** What had the focus when the form was submitted; null once the focus has its place again. */
  const before = useRef<Element | null>(null);
  const [submits, setSubmits] = useState(0);
  useEffect(() => {
    if (isBusy || before.current === null) return;
    placeFocus(form.current!, before.current);
    before.current = null;
  }, [submits, isBusy]);
  return (
    <form
      ref={form}
      noValidate
      tabIndex={-1}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        before.current = document.activeElement;
        setSubmits((count) => count + 1);
        onSubmit(event);
      }}
    >
      <fieldset disabled={isDisabled} className={fields}>
        {children}
      </fieldset>
    </form>
  );
}

function placeFocus(form: HTMLElement, before: Element): void {
  const wrong = form.querySelector('.mantine-InputWrapper-error');
  const field = wrong
    ?.closest('.mantine-InputWrapper-root')
    ?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select');
  if (field) return field.focus();
  // A field that is disabled loses the focus.
  if (document.activeElement !== document.body) return;
  const isThere = before.isConnected && !before.matches(':disabled');
  if (isThere && before instanceof HTMLElement) before.focus();
  else form.focus();
}
