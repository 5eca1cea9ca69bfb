import { bearerPlaceholder, exampleHeaders, exampleTabs } from './graphiql-examples';

/** The script that starts the explorer; a separate file because of the page's policy. */
export function startScript(): string {
  return `'use strict';
const placeholder = ${JSON.stringify(bearerPlaceholder)};
const exampleHeaders = ${JSON.stringify(exampleHeaders)};
const tabs = ${JSON.stringify(exampleTabs)};
${plainScript}`;
}

/*
 * Queries and mutations go by POST, subscriptions by WebSocket with the bearer in connection_init.
 * Without a pasted bearer, the requests have that of the tab's sign-in. A pasted one is kept in the page's
 * memory and nowhere else, so it is pasted again after a reload.
 */
const plainScript = `
let bearer = ofTab();

// The pages keep the sign-in in the storage of their tab; the explorer opened from there has the same.
function ofTab() {
  try {
    const { bearer } = JSON.parse(sessionStorage.getItem('daypass.session')) ?? {};
    return typeof bearer === 'string' ? 'Bearer ' + bearer : undefined;
  } catch {
    return undefined;
  }
}

function authorizationOf(headers) {
  const name = Object.keys(headers).find((key) => key.toLowerCase() === 'authorization');
  const pasted = name && headers[name];
  if (pasted && pasted !== placeholder && pasted !== bearer) {
    bearer = pasted;
    void showWho();
  }
  return bearer;
}

function otherHeaders(headers) {
  const others = Object.entries(headers).filter(([key]) => key.toLowerCase() !== 'authorization');
  return Object.fromEntries(others);
}

function isSubscription(document, operationName) {
  const operations = (document?.definitions ?? []).filter((d) => d.kind === 'OperationDefinition');
  const named = operations.find((d) => !operationName || d.name?.value === operationName);
  return named?.operation === 'subscription';
}

async function post(request, headers) {
  const authorization = authorizationOf(headers);
  const response = await fetch('graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...otherHeaders(headers),
      ...(authorization ? { authorization } : {}),
    },
    body: JSON.stringify(request),
  });
  return response.json();
}

function subscribe(request, headers) {
  const url = new URL('graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const client = graphqlWs.createClient({
    url: url.href,
    connectionParams: { authorization: authorizationOf(headers) },
    retryAttempts: 0,
  });
  return client.iterate(request);
}

// Whose requests they are, at the top of the page.
async function showWho() {
  const { data } = await post({ query: '{ viewer { email agent { name } } }' }, {});
  const viewer = data?.viewer;
  const name = viewer?.agent?.name ?? viewer?.email ?? 'an API key';
  document.querySelector('#who').textContent = viewer ? 'Signed in as ' + name : 'Not signed in';
}
if (bearer) void showWho();

self.MonacoEnvironment = {
  getWorkerUrl(_module, label) {
    const files = { json: 'json.worker.js', graphql: 'graphql.worker.js' };
    return new URL('graphiql/' + (files[label] ?? 'editor.worker.js'), location.href).href;
  },
};

YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  title: 'Daypass',
  defaultTabs: tabs,
  defaultHeaders: exampleHeaders,
  initialHeaders: exampleHeaders,
  shouldPersistHeaders: false,
  fetcher(request, options = {}) {
    const headers = options.headers ?? {};
    return isSubscription(options.documentAST, request.operationName)
      ? subscribe(request, headers)
      : post(request, headers);
  },
});
`;
