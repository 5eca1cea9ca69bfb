import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { createClient } from 'graphql-ws';
import { keepPlace } from './place.mjs';

/** `cachePolicies`: schema/client-cache.json. Select `id` of every type that has one. */
export function createUrql({ url, bearer, cachePolicies: { keyFields } }) {
  const place = keepPlace();
  const embedded = Object.entries(keyFields).filter(([, fields]) => fields === false);
  const socket = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: place.paramsFor(bearer),
    retryAttempts: Infinity,
  });
  const client = new Client({
    url,
    // For a bearer token that changes, use @urql/exchange-auth instead of this.
    fetch: async (address, init) => {
      const authorization = `Bearer ${await bearer()}`;
      return fetch(address, { ...init, headers: { ...init.headers, authorization } });
    },
    exchanges: [
      cacheExchange({ keys: Object.fromEntries(embedded.map(([type]) => [type, () => null])) }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
        }),
      }),
    ],
  });
  // Call `heard` with each event of a subscription.
  return { client, heard: place.heard };
}
