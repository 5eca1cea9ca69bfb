import { Route, Routes } from 'react-router';
import { NotFound } from '../app/not-found';
import { AgentPage } from './agent';
import { Agents } from './agents';
import { Overview } from './overview';

/** Admin > Day Passes. */
export default function Dashboard() {
  return (
    <Routes>
      <Route index element={<Overview />} />
      <Route path="agents" element={<Agents />} />
      <Route path="agents/:agentId" element={<AgentPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
