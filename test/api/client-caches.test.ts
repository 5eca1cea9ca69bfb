import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ClientCache } from '../../src/server/operation/client-cache';
import { send } from '../support/desk/catalogue';
import { openTestSite, type Desk, type Person, type TestSite } from '../support/desk/desk';
import { addAgentKey, addKey, openPortalSession } from '../support/desk/keys';
import { root } from '../support/sources';

/* What caches of clients make of the viewer, with the policies that are published beside the schema. */

const { possibleTypes, keyFields } = JSON.parse(
  readFileSync(path.join(root, 'schema/client-cache.json'), 'utf8'),
) as ClientCache;

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
});
beforeEach(async () => {
  desk = await site.openDesk({ passes: 5 });
});
afterAll(() => site.close());

const gate = `query Gate { viewer { __typename id portalAccess { __typename allowed
  ... on DayPassRequired { confirmation { __typename token } } } } }`;
const proceed = `mutation Proceed($token: String!) {
  consumeDayPass(input: { confirmationToken: $token }) { __typename userErrors { __typename code }
    viewer { __typename id portalAccess { __typename allowed } } } }`;

interface Gate {
  viewer: { portalAccess: { allowed: boolean; confirmation?: { token: string } } };
}

test('Apollo Client shows the gate open after Proceed', async () => {
  const client = new ApolloClient({
    link: new HttpLink({
      uri: `${site.service.url}/graphql`,
      headers: { authorization: `Bearer ${desk.agent.bearer}` },
    }),
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: Object.fromEntries(
        Object.entries(keyFields).map(([type, fields]) => [type, { keyFields: fields }]),
      ),
    }),
  });
  const [query, mutation] = [gql(gate), gql(proceed)];
  const { data } = await client.query<Gate>({ query });
  expect(data!.viewer.portalAccess.allowed).toBe(false);
  const { token } = data!.viewer.portalAccess.confirmation!;
  await client.mutate({ mutation, variables: { token } });
  expect(client.readQuery<Gate>({ query })?.viewer.portalAccess).toEqual({
    __typename: 'PortalAccessGranted',
    allowed: true,
  });

  // Another part of the page selects other fields of the viewer, and neither loses its own.
  const other = gql('query Name { viewer { id agent { id name } } }');
  await client.query({ query: other });
  expect(client.readQuery({ query: other })).not.toBeNull();
  expect(client.readQuery<Gate>({ query })?.viewer.portalAccess.allowed).toBe(true);
  client.stop();
});

test('urql with Graphcache shows the gate open after Proceed', async () => {
  const embedded = Object.entries(keyFields).filter(([, fields]) => fields === false);
  const client = new Client({
    url: `${site.service.url}/graphql`,
    fetchOptions: { headers: { authorization: `Bearer ${desk.agent.bearer}` } },
    exchanges: [
      // Without a schema it guesses whether a fragment fits, and warns of that.
      cacheExchange({
        logger: () => {},
        keys: Object.fromEntries(embedded.map(([type]) => [type, () => null])),
      }),
      fetchExchange,
    ],
  });
  const { data } = await client.query<Gate>(gate, {}).toPromise();
  expect(data!.viewer.portalAccess.allowed).toBe(false);
  const { token } = data!.viewer.portalAccess.confirmation!;
  await client.mutation(proceed, { token }).toPromise();
  expect(client.readQuery<Gate>(gate, {})?.data?.viewer.portalAccess).toMatchObject({
    __typename: 'PortalAccessGranted',
    allowed: true,
  });
});

test('a viewer has one id with any bearer token, and no other viewer has it', async () => {
  const idOf = async ({ bearer }: Pick<Person, 'bearer'>) => {
    const { data } = await send(desk, bearer, '{ viewer { id } }');
    return (data!.viewer as { id: string }).id;
  };
  const server = await addKey(desk, { scopes: ['portal_sessions:write'] });
  const otherDesk = await site.openDesk();
  const people: [what: string, come: () => Promise<Pick<Person, 'bearer'>>][] = [
    ['agent', async () => ({ bearer: await desk.bearer(desk.agent.id) })],
    ['admin', async () => ({ bearer: await desk.bearer(desk.admin.id) })],
    ['contact', async () => ({ bearer: await desk.bearer(null) })],
    ['contact of another account', async () => ({ bearer: await otherDesk.bearer(null) })],
    ['portal session', () => openPortalSession(desk, server, desk.agent)],
    ['service key', async () => server],
  ];
  const keys = [await addAgentKey(desk, desk.agent), await addAgentKey(desk, desk.agent)];
  people.push(...keys.map((key): (typeof people)[0] => ['key of an agent', async () => key]));
  const ids = new Set<string>();
  for (const [what, come] of people) {
    const id = await idOf(await come());
    expect([what, await idOf(await come())]).toEqual([what, id]);
    expect(id).not.toMatch(/person|desk/);
    ids.add(id);
  }
  expect(ids.size).toBe(people.length);
});
