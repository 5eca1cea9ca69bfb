import { createClient } from 'graphql-ws';
import { Environment, Network, Observable, RecordSource, Store } from 'relay-runtime';
import { keepPlace } from './place.mjs';

/** Relay keeps what has an `id` by it, and fetches again by `node`; Viewer is not a Node. */
export function createRelay({ url, bearer }) {
  const place = keepPlace();
  const socket = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: place.paramsFor(bearer),
    retryAttempts: Infinity,
  });
  const ask = async ({ text: query }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await bearer()}` },
      body: JSON.stringify({ query, variables }),
    });
    return response.json();
  };
  const hear = ({ text: query }, variables) =>
    Observable.create((sink) => socket.subscribe({ query, variables }, sink));
  const environment = new Environment({
    network: Network.create(ask, hear),
    store: new Store(new RecordSource()),
  });
  // Call `heard` with each event of a subscription.
  return { environment, heard: place.heard };
}
