import { useState, type ReactNode } from 'react';
import { useViewer } from '../session/viewer';
import { Gate } from '../ui/gate';

/**
 * The gate of administration: what is inside is read only while the admin is in. An occasional admin
 * needs a pass for it; which sections of the service desk an admin may use plays no part.
 */
export function AdminGate({ children }: { children: ReactNode }) {
  const { agent } = useViewer();
  const [isIn, setIsIn] = useState(false);
  const section = agent?.sections[0];
  // Of a full-time agent without any section the gate would ask in vain: nothing here needs one.
  if (agent?.type === 'FULL_TIME' && !section) return children;
  return (
    <Gate section={section} onIn={setIsIn}>
      {isIn && children}
    </Gate>
  );
}
