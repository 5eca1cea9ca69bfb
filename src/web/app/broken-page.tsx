import { Button, Container, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';

/**
 * In the place of a page that could not be drawn. Mostly the service was upgraded while it was open, and a
 * part that comes later is gone: loading it anew is the way on.
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
            This page could not be shown
          </Title>
          <Text c="dimmed" ta="center">
            Daypass may have been upgraded since you opened it. What you had begun to write is kept.
          </Text>
          <Button onClick={() => location.reload()}>Load it anew</Button>
        </Stack>
      </Container>
    );
  }
}
