import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useViewer } from '../session/viewer';
import { useTitle } from '../ui/use-title';
import { words } from '../words';

/** Shown instead of the dashboard to people who are not account admins. */
export function NotAnAdmin() {
  useTitle(words.dashboard.title);
  const { account } = useViewer();
  return (
    <Stack align="start">
      <Title order={1}>{words.dashboard.notAdmin.title}</Title>
      <Text>{words.dashboard.notAdmin.text(account.name)}</Text>
      <Button component={Link} to="/portal">
        {words.dashboard.notAdmin.back}
      </Button>
    </Stack>
  );
}
