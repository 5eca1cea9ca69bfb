import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from '../../api/context';
import { nodeId } from '../../api/node';

/**
 * What the doors have to do with passes that keys take. A pass may be taken once the operation has
 * been found well formed and within its limits, and never by a GET, which a browser or a proxy may
 * repeat as it likes; the answer says so. Subscriptions do not come this way, and take none.
 */
export const passByKey: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ request, contextValue }) {
        if (request.http?.method !== 'GET') contextValue.permitTakingPass();
      },
      async willSendResponse({ response: { body }, contextValue: { takenPass } }) {
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
  },
};
