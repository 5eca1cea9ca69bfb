import type { UserError } from '../api/user-error';
import { changeEndpoint } from './change-endpoint';
import type { EndpointAct } from './create-endpoint';
import { placesOfEndpoints } from './endpoint.queries';

/**
 * Leaves the event in front undelivered, so that the later ones continue. Refusals: NOT_FOUND,
 * NOT_IN_FRONT.
 */
export function skipEvent(
  act: EndpointAct,
  id: string,
  sequence: number,
): Promise<UserError | null> {
  return changeEndpoint(act, id, async (row, manager) => {
    const [place] = await placesOfEndpoints(manager, [id]);
    if (place?.front?.sequence !== sequence) return notInFront;
    const isLastOfReplay = row.replayThrough !== null && sequence >= row.replayThrough;
    const replay = isLastOfReplay
      ? { replayAfter: null, replayThrough: null, replaySequences: null }
      : { replayAfter: sequence };
    return {
      set: {
        ...(row.replayAfter === null ? { sequence } : replay),
        ...{ failures: 0, failingSince: null, retryAt: null },
      },
      action: 'webhook.event_skipped',
      before: null,
      after: { sequence },
    };
  });
}

const notInFront: UserError = {
  code: 'NOT_IN_FRONT',
  message: 'This event is not the one in front. Read WebhookEndpoint.blockedBy again.',
  field: ['sequence'],
};
