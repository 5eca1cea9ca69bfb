import type { UserError } from '../api/user-error';
import { newId } from '../core/ids';
import type { AccountState } from '../db/account-state';
import type { WebhookEndpointRow } from '../db/tables/webhook-endpoint';
import { WebhookTryRow } from '../db/tables/webhook-try';
import { sendWebhook, type SendOptions } from '../deliveries/send-webhook';
import { isSuccess } from '../deliveries/try.rules';
import { signingSecrets } from '../deliveries/webhook-secret';
import { isEntryKind } from '../ledger/entries/entry-kinds';
import { testEventType } from './event-type.rules';
import { composeSample, composeTest } from './payload';

/** Less than the answer to the caller may last. */
const timeoutMs = 10_000;

/**
 * Sends one test to an endpoint at once, beside its events and in any state, and logs the try.
 * Refusals: VALIDATION_FAILED.
 */
export async function sendTest(
  on: { state: AccountState; key: Uint8Array } & Pick<SendOptions, 'rules' | 'nowMs'>,
  { id: endpointId, url, secretVersion: version, previousSecretUntil }: WebhookEndpointRow,
  kind: string | null,
): Promise<WebhookTryRow | UserError> {
  if (kind !== null && !isEntryKind(kind)) return unknownKind;
  const { state, key, rules, nowMs } = on;
  const { accountId } = state;
  const sent = { id: newId(), endpointId, accountId, nowMs: nowMs() };
  const message = kind === null ? composeTest(sent) : composeSample(kind, sent);
  const previousToo = (previousSecretUntil?.getTime() ?? 0) > sent.nowMs;
  const secrets = signingSecrets(key, { accountId, endpointId, version }, { previousToo });
  const result = await sendWebhook(
    { ...message, url, secrets, isReplay: false },
    { rules, nowMs, timeoutMs },
  );
  const { status, milliseconds, error, answer } = result;
  const row: WebhookTryRow = {
    accountId,
    id: newId(),
    endpointId,
    sequence: null,
    kind: kind ?? testEventType,
    triedAt: new Date(nowMs()),
    delivered: isSuccess(status),
    ...{ status, milliseconds, error, answer },
    replay: false,
  };
  await state.write(async (manager) => {
    // The endpoint may have been deleted meanwhile.
    const [known] = await manager.query(
      'select 1 from webhook_endpoints where account_id = $1 and id = $2 for key share',
      [endpointId],
    );
    if (known) await manager.insert(WebhookTryRow, row);
    return { result: undefined, changed: [] };
  });
  return row;
}

const unknownKind: UserError = {
  code: 'VALIDATION_FAILED',
  message: 'kind must be the name of a type of DayPassEvent, such as DayPassConsumed.',
  field: ['kind'],
};
