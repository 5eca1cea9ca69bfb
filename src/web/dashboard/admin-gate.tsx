import { Button, Paper, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { AdminAccessDocument, type Section } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { useViewer } from '../session/viewer';
import { Gate } from '../ui/gate';
import { Problem } from '../ui/problem';
import { RowsToCome } from '../ui/rows-to-come';
import { words } from '../words';

/**
 * Around all pages of administration, for a full-time admin. An admin who is deactivated or converted is
 * out at once, on whatever page.
 */
export function FullTimeGate({ children }: { children: ReactNode }) {
  const { agent } = useViewer();
  const [isIn, setIsIn] = useState(false);
  const section = agent?.sections[0];
  // The gate would deny an agent without any section, but nothing here needs a section.
  if (agent?.type !== 'FULL_TIME' || !section) return children;
  return (
    <Gate section={section} onIn={setIsIn}>
      {isIn && children}
    </Gate>
  );
}

/**
 * The gate of administration: its children are read only while the admin is in. An occasional admin needs
 * a day pass for it; a full-time admin has passed `FullTimeGate` already.
 *
 * With an `invitation` the pop-up opens only on a click: for pages with a part outside the gate.
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
  // Administration needs no particular section, so the gate is asked about one that this admin has.
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
    if (!data) return <RowsToCome rows={3} />;
    if (!data.viewer.portalAccess.allowed) {
      return (
        <Paper withBorder p="lg">
          <Stack align="start">
            <Text>{invitation}</Text>
            <Button onClick={() => setIsWanted(true)}>{words.dashboard.useDayPass}</Button>
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
