import type { UserError } from '../api/user-error';
import type { WebhookEndpointRow } from '../db/tables/webhook-endpoint';
import { changeEndpoint } from './change-endpoint';
import type { EndpointAct } from './create-endpoint';
import { auditedUrl, refuseSettings, type EndpointSettings } from './endpoint.rules';

type Settings = Pick<WebhookEndpointRow, 'url' | 'description' | 'kinds' | 'state'>;

/**
 * Changes the settings of an endpoint, pauses or resumes it. A resumed endpoint continues at its
 * place, at once. Refusals: NOT_FOUND, VALIDATION_FAILED, URL_NOT_ALLOWED.
 */
export async function updateEndpoint(
  act: EndpointAct,
  id: string,
  { paused, ...settings }: EndpointSettings & { paused?: boolean | null },
): Promise<UserError | null> {
  const invalid = refuseSettings(settings, act.rules);
  if (invalid) return invalid;
  return changeEndpoint(act, id, (row) => {
    const asked: Settings = {
      url: settings.url ?? row.url,
      description: settings.description === '' ? null : (settings.description ?? row.description),
      kinds: settings.kinds ? [...new Set(settings.kinds)] : row.kinds,
      state: paused == null ? row.state : paused ? pausedState(row) : 'ACTIVE',
    };
    const names = (Object.keys(asked) as (keyof Settings)[]).filter(
      (name) => JSON.stringify(asked[name]) !== JSON.stringify(row[name]),
    );
    const isTriedAtOnce = paused === false || names.includes('url');
    if (names.length === 0 && !isTriedAtOnce) return null;
    const isResumed = row.state !== 'ACTIVE' && asked.state === 'ACTIVE';
    return {
      set: {
        ...asked,
        ...(isTriedAtOnce ? { retryAt: null } : {}),
        ...(isResumed ? { failures: 0, failingSince: null, pausedAt: null } : {}),
        ...(asked.state === 'PAUSED' ? { pausedAt: row.pausedAt ?? new Date(act.nowMs) } : {}),
      },
      action: 'webhook.updated',
      before: audited(row, names),
      after: audited(asked, names),
    };
  });
}

/** What failures paused stays marked so. */
function pausedState({ state }: WebhookEndpointRow): WebhookEndpointRow['state'] {
  return state === 'PAUSED_FAILING' ? state : 'PAUSED';
}

function audited(settings: Settings, names: readonly (keyof Settings)[]): object {
  return Object.fromEntries(
    names.map((name) => [name, name === 'url' ? auditedUrl(settings.url) : settings[name]]),
  );
}
