import { Button, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useTitle } from '../ui/use-title';
import { words } from '../words';
import { EntryCard } from './entry-card';

/** For an address that has no page, without a sign-in. */
export function NowherePage() {
  useTitle(words.ui.notFound.title);
  return (
    <EntryCard title={words.ui.notFound.title}>
      <Text>{words.ui.notFound.textOutside}</Text>
      <Button component={Link} to="/" fullWidth>
        {words.ui.notFound.home}
      </Button>
    </EntryCard>
  );
}
