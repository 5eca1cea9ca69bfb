import { nodeId } from '../../api/node';
import type { RequestPart } from './request-parts';

/**
 * How the doors handle passes that keys use. A pass may be used after the operation was found
 * well formed and within its limits, and never by a GET, which a browser or a proxy may repeat; the
 * answer names the pass. Subscriptions do not go this way, and use none.
 */
export const passByKey: RequestPart = {
  didResolveOperation({ request, contextValue }) {
    if (request.http?.method !== 'GET') contextValue.permissions.permitTakingPass();
  },
  willSendResponse({ response: { body }, contextValue }) {
    const { takenPass } = contextValue.permissions;
    if (!takenPass || body.kind !== 'single') return;
    const { id, expiresAtMs } = takenPass;
    body.singleResult.extensions = {
      ...body.singleResult.extensions,
      dayPass: {
        consumptionId: nodeId('DayPassConsumption', id),
        expiresAt: new Date(expiresAtMs).toISOString(),
      },
    };
  },
};
