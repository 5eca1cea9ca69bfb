import { Navigate, Route, Routes } from 'react-router';
import { NotFound } from '../ui/not-found';
import { Desk } from './desk';
import { MyTickets } from './my-tickets';
import './portal.css';
import { TicketList } from './ticket-list';
import { TicketPage } from './ticket-page';

/** The contact portal and, behind the gate, the agent portal. */
export default function Portal() {
  return (
    <Routes>
      <Route index element={<Navigate to="mine" replace />} />
      <Route path="mine" element={<MyTickets />} />
      {/* Only addresses that have a page may cost a day pass. */}
      <Route element={<Desk />}>
        <Route path="desk" element={<TicketList />} />
        <Route path="desk/tickets/:ticketId" element={<TicketPage />} />
      </Route>
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
