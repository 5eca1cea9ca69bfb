import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { keepPlace } from './place.mjs';

/** `cachePolicies`: schema/client-cache.json. Select `id` of every type that has one. */
export function createApollo({ url, bearer, cachePolicies: { possibleTypes, keyFields } }) {
  const place = keepPlace();
  const typePolicies = Object.fromEntries(
    Object.entries(keyFields).map(([type, fields]) => [type, { keyFields: fields }]),
  );
  const socket = new GraphQLWsLink(
    createClient({
      url: url.replace(/^http/, 'ws'),
      connectionParams: place.paramsFor(bearer),
      retryAttempts: Infinity,
    }),
  );
  const http = new HttpLink({
    uri: url,
    fetch: async (address, init) => {
      const authorization = `Bearer ${await bearer()}`;
      return fetch(address, { ...init, headers: { ...init.headers, authorization } });
    },
  });
  const link = ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    socket,
    http,
  );
  // Call `heard` with each event of a subscription.
  const client = new ApolloClient({
    link,
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
  });
  return { client, heard: place.heard };
}
