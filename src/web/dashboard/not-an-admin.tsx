import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useViewer } from '../session/viewer';
import { useTitle } from '../ui/use-title';

/** In the place of the dashboard, for whoever does not administer the account. */
export function NotAnAdmin() {
  useTitle('Day passes');
  const { account } = useViewer();
  return (
    <Stack align="start" py="xl">
      <Title order={1} size="h2">
        These pages are for admins
      </Title>
      <Text>
        Day passes are bought and watched by the account admins of {account.name}. Ask one of them
        if you need something here.
      </Text>
      <Button component={Link} to="/portal">
        Go to my tickets
      </Button>
    </Stack>
  );
}
