import type { Feature } from '../api/feature';
import {
  ChangeWebhookEndpointResolver,
  CreateWebhookEndpointPayloadResolver,
  ReplayWebhookPayloadResolver,
  RotateWebhookSecretPayloadResolver,
  SkipWebhookEventPayloadResolver,
  UpdateWebhookEndpointPayloadResolver,
} from './change-endpoint.resolver';
import { loadEndpointNode, WebhookEndpointResolver } from './endpoint.resolver';
import { WebhookBodyResolver } from './webhook-body.resolver';

/** URLs of partners that receive the journal. `src/deliveries` sends to them. */
export const webhooksFeature: Feature = {
  resolvers: [
    WebhookEndpointResolver,
    ChangeWebhookEndpointResolver,
    CreateWebhookEndpointPayloadResolver,
    UpdateWebhookEndpointPayloadResolver,
    RotateWebhookSecretPayloadResolver,
    ReplayWebhookPayloadResolver,
    SkipWebhookEventPayloadResolver,
    WebhookBodyResolver,
  ],
  nodes: { WebhookEndpoint: loadEndpointNode },
  tasks: {},
  followers: [],
};
