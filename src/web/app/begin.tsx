import { Navigate } from 'react-router';
import { useViewer } from '../session/viewer';

/** The start page: the dashboard for admins, their tickets for everybody else. */
export function Begin() {
  const { agent } = useViewer();
  return <Navigate to={agent?.role === 'ACCOUNT_ADMIN' ? '/admin' : '/portal'} replace />;
}
