import { Alert } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { Refusal, Submission } from '../session/use-submit-once';
import { Problem } from './problem';
import { saysOf } from './says';

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
          {saysOf(refusal)}
        </Alert>
      ))}
    </>
  );
}

/** What is wrong with one field of a form, to be shown at the field. */
export function errorAt({ refusals }: Sent, field: string): string | undefined {
  const refusal = refusals.find((one) => isAt(one, field));
  return refusal && saysOf(refusal);
}

/** `name` is a field of the input, or the path of one in it: buyer.city. */
function isAt({ field }: Refusal, name: string): boolean {
  return field?.slice(0, name.split('.').length).join('.') === name;
}
