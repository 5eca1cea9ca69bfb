import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useTitle } from '../ui/use-title';
import { words } from '../words';

/** In place of the agent portal, for contacts: the gate could only refuse them, however often they try. */
export function NotAnAgent() {
  useTitle(words.portal.agentPortal);
  return (
    <Stack align="start">
      <Title order={1}>{words.portal.notAnAgent.title}</Title>
      <Text>{words.portal.notAnAgent.text}</Text>
      <Button component={Link} to="/portal/mine">
        {words.portal.notAnAgent.back}
      </Button>
    </Stack>
  );
}
