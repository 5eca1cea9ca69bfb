import { createClient } from 'graphql-ws';
import { keepPlace } from './place.mjs';

/**
 * Receives every event of the account's journal, also those that happened while the connection was
 * broken.
 */
export function hearEvents({ url, bearer, webSocketImpl, retryWait }, onEvent) {
  const place = keepPlace();
  const client = createClient({
    url,
    webSocketImpl,
    connectionParams: place.paramsFor(bearer),
    retryAttempts: Infinity,
    ...(retryWait && { retryWait }),
  });
  const query = 'subscription { dayPassEvents { __typename sequence cursor balance } }';
  const leave = client.subscribe(
    { query },
    {
      next({ data }) {
        onEvent(data.dayPassEvents);
        place.heard(data.dayPassEvents);
      },
      error: console.error,
      complete() {},
    },
  );
  return () => {
    leave();
    return client.dispose();
  };
}
