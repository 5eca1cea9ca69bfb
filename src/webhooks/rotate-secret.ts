import type { UserError } from '../api/user-error';
import { webhookSecret } from '../deliveries/webhook-secret';
import { changeEndpoint } from './change-endpoint';
import type { EndpointAct } from './create-endpoint';

const hourMs = 3_600_000;
/** A week: long enough for a release of the receiver. */
const overlapHoursMax = 168;

/**
 * Gives an endpoint a new secret. The previous one signs too for some hours; a second rotation is
 * refused until then, because only two secrets sign. Refusals: NOT_FOUND, ROTATION_OPEN,
 * VALIDATION_FAILED.
 */
export async function rotateSecret(
  act: EndpointAct,
  id: string,
  overlapHours: number,
): Promise<{ secret: string } | UserError> {
  if (overlapHours < 0 || overlapHours > overlapHoursMax) {
    const message = `overlapHours must be 0 to ${overlapHoursMax}.`;
    return { code: 'VALIDATION_FAILED', message, field: ['overlapHours'] };
  }
  let secret = '';
  const refused = await changeEndpoint(act, id, (row) => {
    const openUntil = row.previousSecretUntil?.getTime() ?? 0;
    if (openUntil > act.nowMs) return rotationOpen;
    const version = row.secretVersion + 1;
    const { accountId } = act.state;
    secret = webhookSecret(act.key, { accountId, endpointId: id, version });
    const until = overlapHours === 0 ? null : new Date(act.nowMs + overlapHours * hourMs);
    return {
      set: { secretVersion: version, previousSecretUntil: until },
      action: 'webhook.secret_rotated',
      before: null,
      after: { overlapHours },
    };
  });
  return refused ?? { secret };
}

const rotationOpen: UserError = {
  code: 'ROTATION_OPEN',
  message: 'The secret before this one still signs. Rotate again when its time is over.',
  field: null,
};
