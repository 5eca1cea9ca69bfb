import { Button } from '@mantine/core';
import { useState } from 'react';
import { BillingDocument } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { GrantDialog } from './grant-dialog';
import { words } from '../words';

/** Adds passes without a purchase. In a billed account only the operator does. */
export function GrantButton() {
  const [isOpen, setIsOpen] = useState(false);
  const { data } = useApiQuery(BillingDocument, {});
  if (data?.account.billing?.mode !== 'UNBILLED') return null;
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setIsOpen(true)}>
        {words.dashboard.grant.open}
      </Button>
      {isOpen && <GrantDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}
