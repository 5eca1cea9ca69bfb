import { useState, type ReactNode } from 'react';
import { useViewer } from '../session/viewer';
import { AdminGate } from './admin-gate';

/**
 * A page of administration. An occasional admin needs a day pass for it, as for tickets; its contents are
 * read only while the admin is in.
 */
export function AdminPage({
  title,
  acts,
  invitation,
  outside,
  children,
}: {
  title: ReactNode;
  /** Buttons beside the heading. */
  acts?: ReactNode;
  /** What a day pass is for. With it, the pop-up opens only on a click. */
  invitation?: string;
  /** A part that needs no day pass. */
  outside?: ReactNode;
  children: ReactNode;
}) {
  const { agent } = useViewer();
  const [isIn, setIn] = useState(agent?.type === 'FULL_TIME');
  return (
    <div className="stack">
      <div className="page-head">
        <h1 className="page-title heading" tabIndex={-1}>
          {title}
        </h1>
        {isIn && acts}
      </div>
      <AdminGate invitation={invitation} onIn={setIn}>
        {children}
      </AdminGate>
      {outside}
    </div>
  );
}
