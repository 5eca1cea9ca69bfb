import type { Feature } from '../api/feature';
import { ClientResolver, loadClientNode } from './client.resolver';
import { UpsertClientsResolver } from './upsert-clients.resolver';

/** The organisations that the account serves. */
export const clientsFeature: Feature = {
  resolvers: [ClientResolver, UpsertClientsResolver],
  nodes: { Client: loadClientNode },
  tasks: {},
  followers: [],
};
