import type { Feature } from '../api/feature';
import {
  ApiKeyResolver,
  CreateApiKeyPayloadResolver,
  loadApiKeyNode,
  RevokeApiKeyPayloadResolver,
} from './api-key.resolver';
import { PortalSessionResolver } from './portal-session.resolver';

/** API keys and portal sessions. */
export const keysFeature: Feature = {
  resolvers: [
    ApiKeyResolver,
    CreateApiKeyPayloadResolver,
    RevokeApiKeyPayloadResolver,
    PortalSessionResolver,
  ],
  nodes: { ApiKey: loadApiKeyNode },
  tasks: {},
  followers: [],
};
