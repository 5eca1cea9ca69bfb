import { noChanges } from '../model/changes';
import { unchanged, type Decision } from '../model/decision';
import type { ApiKey, Ledger } from '../model/ledger';
import { refused } from '../model/outcome';
import { instantText } from '../writer/act';
import type { AnyCommand, CommandModule } from '../writer/command-module';

/** An admin revokes a key. From then on it uses no pass. */
export interface RevokeKey extends AnyCommand {
  kind: 'revoke-key';
  apiKeyId: string;
  /** The instant to record, by the database's clock. */
  atMs: number;
}

interface Revoked {
  apiKey: ApiKey;
}

export const revokeKey: CommandModule<RevokeKey, Revoked> = {
  kind: 'revoke-key',
  needs: ({ apiKeyId }) => ({ apiKeys: [apiKeyId] }),
  decide,
  audit(_ledger, _command, changes) {
    const [key] = [...changes.keys.values()];
    if (!key) return null;
    return {
      action: 'api_key.revoked',
      subject: { type: 'ApiKey', id: key.id },
      before: { revokedAt: null },
      after: { revokedAt: instantText(key.revokedAtMs) },
    };
  },
};

/** An admin revokes a key. A revoked key keeps the instant of its revocation. */
function decide(ledger: Ledger, command: RevokeKey): Decision<Revoked> {
  const key = ledger.keys.get(command.apiKeyId);
  if (!key) {
    return unchanged(
      refused('NOT_FOUND', 'The account has no key with this id. Check the id.', ['apiKeyId']),
    );
  }
  if (key.revokedAtMs !== null) return unchanged({ status: 'accepted', result: { apiKey: key } });
  const apiKey = { ...key, revokedAtMs: command.atMs };
  const changes = { ...noChanges(), keys: new Map([[apiKey.id, apiKey]]) };
  return { outcome: { status: 'accepted', result: { apiKey } }, changes };
}
