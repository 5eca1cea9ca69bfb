import { Button } from '@mantine/core';
import { useState } from 'react';
import { GrantDialog } from './grant-dialog';

/** Adds passes without a purchase. */
export function GrantButton() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setIsOpen(true)}>
        Grant passes …
      </Button>
      {isOpen && <GrantDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}
