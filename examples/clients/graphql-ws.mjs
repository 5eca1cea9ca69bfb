import { createClient } from 'graphql-ws';
import { keepPlace } from './place.mjs';

/** Hears every event of the account's journal, also those that happened while the line was cut. */
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
