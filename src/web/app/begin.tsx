import { Navigate } from 'react-router';
import { useViewer } from '../session/viewer';

/** Where a person's day begins: admins at the dashboard, everybody else at their tickets. */
export function Begin() {
  const { agent } = useViewer();
  return <Navigate to={agent?.role === 'ACCOUNT_ADMIN' ? '/admin' : '/portal'} replace />;
}
