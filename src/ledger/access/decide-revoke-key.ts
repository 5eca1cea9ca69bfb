import { refused, type RevokeKey } from '../commands';
import { unchanged, type Decision } from '../writer/decision';
import type { Ledger } from '../model/ledger';
import { noChanges } from '../writer/posting';

/** An admin ends a key. One that has ended keeps the instant at which it did. */
export function decideRevokeKey(ledger: Ledger, command: RevokeKey): Decision {
  const key = ledger.keys.get(command.apiKeyId);
  if (!key)
    return unchanged(
      refused('NOT_FOUND', 'The account has no key with this id. Check the id.', ['apiKeyId']),
    );
  if (key.revokedAtMs !== null) return unchanged({ status: 'accepted', result: { apiKey: key } });
  const apiKey = { ...key, revokedAtMs: command.atMs };
  const changes = { ...noChanges(), keys: new Map([[apiKey.id, apiKey]]) };
  return { outcome: { status: 'accepted', result: { apiKey } }, changes };
}
