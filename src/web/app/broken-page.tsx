import { Button, Container, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { words } from '../words';

/**
 * Shown instead of a page that failed to render. Usually the service was upgraded while the page was open,
 * and a part that loads later no longer exists: reloading the page helps.
 */
export class BrokenPage extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    if (!this.state.isBroken) return this.props.children;
    return (
      <Container size="xs" py="xl" component="main">
        <Stack align="center" role="alert">
          <Title order={1} size="h3">
            {words.frame.brokenPage.title}
          </Title>
          <Text c="dimmed" ta="center">
            {words.frame.brokenPage.text}
          </Text>
          <Button onClick={() => location.reload()}>{words.frame.brokenPage.reload}</Button>
        </Stack>
      </Container>
    );
  }
}
