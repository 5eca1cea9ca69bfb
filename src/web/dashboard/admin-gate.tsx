import { Button, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { AdminAccessDocument, type Section } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { useViewer } from '../session/viewer';
import { Gate } from '../ui/gate';
import { Problem } from '../ui/problem';

/**
 * Around all pages of administration, for a full-time admin: who is in for as long as they are that, and
 * out at once, wherever they look, when they are deactivated or converted.
 */
export function FullTimeGate({ children }: { children: ReactNode }) {
  const { agent } = useViewer();
  const [isIn, setIsIn] = useState(false);
  const section = agent?.sections[0];
  // Of an agent without any section the gate would be asked in vain: nothing here needs one.
  if (agent?.type !== 'FULL_TIME' || !section) return children;
  return (
    <Gate section={section} onIn={setIsIn}>
      {isIn && children}
    </Gate>
  );
}

/**
 * The gate of administration: what is inside is read only while the admin is in. An occasional admin
 * needs a pass for it; a full-time one has come through `FullTimeGate`.
 *
 * With an `invitation` the pop-up does not come by itself: for pages of which a part is not gated.
 */
export function AdminGate({
  children,
  invitation,
  onIn,
}: {
  children: ReactNode;
  invitation?: string;
  onIn?: (isIn: boolean) => void;
}) {
  const { agent } = useViewer();
  if (agent?.type === 'FULL_TIME') return children;
  // Which sections of the service desk an admin may use plays no part: the gate is asked about one that
  // it lets this admin into.
  const section = agent?.sections[0] ?? 'TICKETS';
  return (
    <PassGate section={section} invitation={invitation} onIn={onIn}>
      {children}
    </PassGate>
  );
}

function PassGate({
  section,
  children,
  invitation,
  onIn,
}: {
  section: Section;
  children: ReactNode;
  invitation?: string;
  onIn?: (isIn: boolean) => void;
}) {
  const [isIn, setIsIn] = useState(false);
  const [isWanted, setIsWanted] = useState(invitation === undefined);
  const isWaiting = !isWanted && !isIn;
  const { data, error, refetch } = useApiQuery(
    AdminAccessDocument,
    { section },
    { enabled: isWaiting },
  );
  if (isWaiting) {
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
    <Gate
      section={section}
      onIn={(now) => {
        setIsIn(now);
        onIn?.(now);
      }}
    >
      {isIn && children}
    </Gate>
  );
}
