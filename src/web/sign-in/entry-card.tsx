import { Anchor, Card, Stack, Text, Title } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { addressOf } from '../api/address';
import { words } from '../words';
import './entry.css';

/** A page before the sign-in: one narrow card, below the name of the service desk. */
export function EntryCard({
  desk,
  title,
  isWide = false,
  children,
}: {
  /** The MSP's name, if it is known. */
  desk?: string | null;
  title: string;
  /** For texts, such as mails. */
  isWide?: boolean;
  children: ReactNode;
}) {
  return (
    <main className="entry-page" data-wide={isWide || undefined}>
      <div className="entry-desk">
        <IconTicket aria-hidden />
        <Text fw={650} className="written">
          {desk ?? words.signIn.product}
        </Text>
      </div>
      <Card withBorder p={{ base: 'lg', xs: 'xl' }}>
        <Stack>
          <Title order={1} size="h2">
            {title}
          </Title>
          {children}
        </Stack>
      </Card>
      <Anchor href={addressOf('docs')} size="sm" ta="center">
        {words.signIn.docs}
      </Anchor>
    </main>
  );
}
