import { Button, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { AdminAccessDocument } from '../generated/app';
import { useAsk } from '../session/use-ask';
import { useViewer } from '../session/viewer';
import { Gate } from '../ui/gate';
import { Problem } from '../ui/problem';

/**
 * The gate of administration: what is inside is read only while the admin is in. An occasional admin
 * needs a pass for it; which sections of the service desk an admin may use plays no part.
 *
 * With an `invitation` the pop-up does not come by itself: for pages of which a part is not gated.
 */
export function AdminGate({ children, invitation }: { children: ReactNode; invitation?: string }) {
  const { agent } = useViewer();
  const [isIn, setIsIn] = useState(false);
  const [isWanted, setIsWanted] = useState(invitation === undefined);
  const section = agent?.sections[0] ?? 'TICKETS';
  const isFullTime = agent?.type === 'FULL_TIME';
  const { data, error, refetch } = useAsk(
    AdminAccessDocument,
    { section },
    { enabled: !isFullTime && !isWanted && !isIn },
  );
  // Of a full-time agent without any section the gate would ask in vain: nothing here needs one.
  if (isFullTime && agent?.sections.length === 0) return children;
  if (!isFullTime && !isWanted && !isIn) {
    if (error && !data) return <Problem error={error} retry={() => void refetch()} />;
    if (!data) return <Skeleton h={120} />;
    if (!data.viewer.portalAccess.allowed) {
      return (
        <Paper withBorder p="lg">
          <Stack align="start">
            <Text>{invitation}</Text>
            <Button onClick={() => setIsWanted(true)}>Use a day pass</Button>
          </Stack>
        </Paper>
      );
    }
  }
  return (
    <Gate section={section} onIn={setIsIn}>
      {isIn && children}
    </Gate>
  );
}
