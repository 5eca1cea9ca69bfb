import { useState, type ReactNode } from 'react';
import { useViewer } from '../session/viewer';
import { Gate } from '../ui/gate';

/** What only an admin who is in may see. It is not even asked for before. */
export function InsideGate({ children }: { children: ReactNode }) {
  const { agent } = useViewer();
  const [isIn, setIsIn] = useState(false);
  // Administration is nobody's section: any of the admin's own opens the gate.
  const section = agent?.sections[0];
  if (agent?.type === 'FULL_TIME' && !section) return children;
  return (
    <Gate section={section} onIn={setIsIn}>
      {isIn && children}
    </Gate>
  );
}
