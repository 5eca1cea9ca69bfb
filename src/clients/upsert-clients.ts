import { In } from 'typeorm';
import { recordAudit, type Attribution } from '../access/audit';
import { inItem, refuseNames, refuseTexts } from '../api/input.rules';
import type { UserError } from '../api/user-error';
import { newId } from '../core/ids';
import { spellingsOf, tidyId } from '../core/texts';
import type { AccountState } from '../db/account-state';
import { ClientRow } from '../db/tables/client';

export interface ClientUpsert {
  externalId: string;
  name: string;
}

/**
 * Writes clients as the service desk has them, each by its external id. Items are checked in their
 * order, each separately; returns those that exist after it. Refusals: VALIDATION_FAILED.
 */
export function upsertClients(
  state: AccountState,
  {
    clients,
    nowMs,
    attribution,
  }: { clients: readonly ClientUpsert[]; nowMs: number; attribution?: Attribution },
): Promise<{ clients: ClientRow[]; userErrors: UserError[] }> {
  const refusals = clients.map(({ externalId, name }, at) => {
    const invalid =
      refuseTexts({ externalId: [externalId, 200] }) ?? refuseNames({ name: [name, 200] });
    return invalid && inItem(['clients', String(at)], invalid);
  });
  const accepted = clients.filter((_, at) => !refusals[at]);
  const { accountId } = state;
  return state.write(async (manager) => {
    const found = await manager.findBy(ClientRow, {
      externalId: In(spellingsOf(accepted.map((client) => client.externalId))),
    });
    const before = new Map(found.map((row) => [row.externalId, row]));
    const after = new Map(before);
    const externalIds: string[] = [];
    for (const { externalId: given, name } of accepted) {
      // A row of an earlier release keeps its spelling.
      const externalId = after.has(given) ? given : tidyId(given);
      externalIds.push(externalId);
      const row = after.get(externalId);
      if (row?.name === name) continue;
      const fresh = { accountId, id: newId(), externalId, createdAt: new Date(nowMs) };
      after.set(externalId, { ...(row ?? fresh), name });
    }
    const changed = [...after.values()].filter((row) => row !== before.get(row.externalId));
    if (changed.length > 0) {
      await manager.upsert(ClientRow, changed);
      const wordsOf = (rows: (ClientRow | undefined)[]) =>
        rows.flatMap((row) => (row ? [{ externalId: row.externalId, name: row.name }] : []));
      if (attribution) {
        await recordAudit(manager, {
          ...attribution,
          action: 'clients.upserted',
          subject: { type: 'Account', id: accountId },
          before: { clients: wordsOf(changed.map((row) => before.get(row.externalId))) },
          after: { clients: wordsOf(changed) },
          occurredAt: new Date(nowMs),
        });
      }
    }
    return {
      result: {
        clients: externalIds.map((externalId) => after.get(externalId)!),
        userErrors: refusals.filter((refusal) => refusal !== null),
      },
      // No stream depends on a client: no hint is needed.
      changed: [],
    };
  });
}
