import { Navigate, Route, Routes } from 'react-router';
import { NotFound } from '../ui/not-found';
import { MyTickets } from './my-tickets';

/** The contact portal and, behind the gate, the agent portal. */
export default function Portal() {
  return (
    <Routes>
      <Route index element={<Navigate to="mine" replace />} />
      <Route path="mine" element={<MyTickets />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
