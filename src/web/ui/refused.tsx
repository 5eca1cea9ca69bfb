import { Alert } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Refusal, Submission } from '../session/use-submit-once';
import { Problem } from './problem';
import { messageOf } from './message-of';

type Sent = Pick<Submission<never>, 'fault' | 'refusals'>;

/** What went wrong with a form, except what is shown at one of its own `fields`. */
export function Refused({ of, fields = [] }: { of: Sent; fields?: readonly string[] }) {
  const { fault, refusals } = of;
  const others = refusals.filter((refusal) => !fields.some((field) => isAt(refusal, field)));
  return (
    <>
      {fault && <Problem error={fault} />}
      {others.map((refusal) => (
        <Alert
          key={refusal.code}
          color="red"
          variant="outline"
          icon={<IconAlertCircle aria-hidden />}
          role="alert"
        >
          {messageOf(refusal)}
        </Alert>
      ))}
    </>
  );
}

/**
 * What is wrong with a field of a form, to be shown at the field: what the form itself has found, or what
 * the service has refused. A refusal stays until the field is changed.
 */
export function useErrorAt<Values extends object>(
  form: { errors: Record<string, ReactNode>; getValues: () => Values },
  { refusals }: Sent,
  /** Fields whose name in the input is another one. */
  inputNames: Partial<Record<keyof Values, string>> = {},
): (field: keyof Values & string) => ReactNode {
  const values = form.getValues();
  const [answered, setAnswered] = useState({ refusals, values });
  if (answered.refusals !== refusals) setAnswered({ refusals, values });
  return (field) => {
    const isChanged = answered.values[field] !== values[field];
    const refusal = refusals.find((one) => isAt(one, inputNames[field] ?? field));
    return (!isChanged && refusal && messageOf(refusal)) || form.errors[field];
  };
}

/** `name` is a field of the input, or the path of one in it: buyer.city. */
function isAt({ field }: Refusal, name: string): boolean {
  return field?.slice(0, name.split('.').length).join('.') === name;
}
