import { Route, Routes } from 'react-router';
import { NotFound } from '../app/not-found';
import { Buy } from './buy';
import { Ledger } from './ledger';
import { Overview } from './overview';

/** Admin > Day Passes. */
export default function Dashboard() {
  return (
    <Routes>
      <Route index element={<Overview />} />
      <Route path="buy" element={<Buy />} />
      <Route path="ledger" element={<Ledger />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
