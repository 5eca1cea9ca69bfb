import { Route, Routes } from 'react-router';
import { NotFound } from '../ui/not-found';
import { Overview } from './overview';

/** Admin > Day Passes. */
export default function Dashboard() {
  return (
    <Routes>
      <Route index element={<Overview />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
