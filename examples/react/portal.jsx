import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** Asked by the gate at every connect: your server's word for who is signed in. */
async function credentials() {
  const response = await fetch('/bearer', { method: 'POST' });
  if (!response.ok) throw new Error(`No bearer: ${response.status}`);
  return response.text();
}

/** React 19 sets properties of custom elements and receives their events, so no wrapper is needed. */
function AgentPortal({ onLeave }) {
  const [until, setUntil] = useState(null);
  return (
    <day-pass-gate
      credentials={credentials}
      onday-pass-granted={({ detail }) => setUntil(detail.until)}
      onday-pass-expired={() => setUntil(null)}
      onday-pass-denied={({ detail }) => detail.reason === 'NOT_NOW' && onLeave()}
    >
      <h2>Agent portal</h2>
      <label>
        A reply <textarea rows="4" cols="40" />
      </label>
      <p role="status">{until && `In until ${until}`}</p>
    </day-pass-gate>
  );
}

function Portal() {
  const [isAgent, setIsAgent] = useState(false);
  return (
    <main>
      <h1>Service desk</h1>
      {isAgent ? (
        <AgentPortal onLeave={() => setIsAgent(false)} />
      ) : (
        <button onClick={() => setIsAgent(true)}>Switch to the agent portal</button>
      )}
    </main>
  );
}

createRoot(document.querySelector('#root')).render(
  <StrictMode>
    <Portal />
  </StrictMode>,
);
