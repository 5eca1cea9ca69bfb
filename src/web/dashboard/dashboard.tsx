import { Route, Routes } from 'react-router';
import { NotFound } from '../app/not-found';
import { AgentPage } from './agent';
import { Agents } from './agents';
import { Audit } from './audit';
import { Keys } from './keys';
import { Overview } from './overview';
import { Settings } from './settings';

/** Admin > Day Passes. */
export default function Dashboard() {
  return (
    <Routes>
      <Route index element={<Overview />} />
      <Route path="agents" element={<Agents />} />
      <Route path="agents/:agentId" element={<AgentPage />} />
      <Route path="keys" element={<Keys />} />
      <Route path="audit" element={<Audit />} />
      <Route path="settings" element={<Settings />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
