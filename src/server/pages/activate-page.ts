import type { FastifyInstance } from 'fastify';
import { sendPage } from './page';

/*
 * The token is in the fragment, which browsers send to no server, so no log contains it. Nothing
 * happens before the click, because mail scanners open links, and the link works once. Addresses
 * are relative, so that PUBLIC_URL may have a path.
 */
const script = `'use strict';
const button = document.querySelector('button');
const says = document.querySelector('[role=status]');
const token = location.hash.slice(1);
history.replaceState(null, '', location.pathname);
if (token === '') {
  says.textContent = 'This address has no token: open the link of the mail.';
} else {
  button.disabled = false;
}
button.addEventListener('click', async () => {
  button.disabled = true;
  says.textContent = 'One moment …';
  try {
    const response = await fetch('graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation Activate($token: String!) { activateAgent(input: { activationToken: $token }) { email userErrors { code } } }',
        variables: { token },
      }),
    });
    const { data } = await response.json();
    const { email, userErrors } = data.activateAgent;
    if (userErrors.length === 0) {
      says.textContent = 'Your account is active. Sign in as ' + email + '.';
      return;
    }
    says.textContent = 'This link is not valid any more: ask an administrator for a new one.';
  } catch {
    says.textContent = 'That did not work; try again in a moment.';
    button.disabled = false;
  }
});
`;

const body = `    <main>
      <h1>Activate your account</h1>
      <noscript><p>This page needs JavaScript.</p></noscript>
      <button type="button" disabled>Activate</button>
      <p role="status"></p>
    </main>`;

/** `/activate`: the page of an invitation's link. */
export function addActivatePage(app: FastifyInstance): void {
  app.get('/activate', async (_request, reply) =>
    sendPage(reply, {
      title: 'Activate your account',
      head: '<script defer src="activate/activate.js"></script>',
      body,
    }),
  );
  app.get('/activate/activate.js', async (_request, reply) =>
    reply
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-cache')
      .type('text/javascript; charset=utf-8')
      .send(script),
  );
}
