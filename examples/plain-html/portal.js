const contact = document.querySelector('#contact');
const agent = document.querySelector('#agent');
const log = document.querySelector('#log');
const gate = document.querySelector('day-pass-gate');

/** The gate calls this at every connect: your server answers for the person who is signed in. */
async function credentials() {
  const response = await fetch('/bearer', { method: 'POST' });
  if (!response.ok) throw new Error(`No bearer: ${response.status}`);
  return response.text();
}

/** The address decides what is shown, so that links into the agent portal keep working. */
function show() {
  const entersAgentPortal = location.hash === '#agent';
  contact.hidden = entersAgentPortal;
  agent.hidden = !entersAgentPortal;
  // The gate does nothing before an agent wants to enter.
  if (entersAgentPortal) gate.credentials ??= credentials;
}

gate.addEventListener('day-pass-granted', ({ detail }) => {
  log.textContent = detail.until ? `In until ${detail.until}` : 'In';
});
gate.addEventListener('day-pass-expired', () => {
  log.textContent = 'The pass has ended. What was typed is still there.';
});
gate.addEventListener('day-pass-denied', ({ detail }) => {
  log.textContent = '';
  if (detail.reason === 'NOT_NOW') location.hash = '#contact';
});

addEventListener('hashchange', () => {
  show();
  if (location.hash === '#agent') gate.open();
});
show();
