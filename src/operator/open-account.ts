import { recordAudit } from '../access/audit';
import { findAccountBySlug } from '../accounts/account.queries';
import { createAccount } from '../accounts/create-account';
import {
  settingsOf,
  refuseSettings,
  type GivenProvider,
} from '../accounts/identity-provider.rules';
import { setIdentityProvider } from '../accounts/set-identity-provider';
import { refuseAddress, refuseTexts } from '../api/input.rules';
import { AccountScope } from '../db/account-scope';
import type { AccountRow } from '../db/tables/account';
import { AuditEventRow } from '../db/tables/audit-event';
import { IdentityProviderRow } from '../db/tables/identity-provider';
import { listPlans } from './account.queries';
import { checkTerms } from './account-terms.rules';
import { inviteFirstAdmin, type FirstAdmin } from './invite-first-admin';
import { OperatorRefusal, stateOf, type OperatorServices } from './operator';

type Terms = Pick<
  AccountRow,
  | 'slug'
  | 'name'
  | 'plan'
  | 'currency'
  | 'timeZone'
  | 'sandbox'
  | 'billingMode'
  | 'emergencyCeiling'
>;

export interface NewAccount extends Terms {
  adminName: string;
  adminEmail: string;
  /** The identity provider of its people; null: it is set later. */
  provider: GivenProvider | null;
}

/** The result. `created` is false if the account existed already. */
export interface OpenedAccount {
  accountId: string;
  created: boolean;
  admin: FirstAdmin;
}

/**
 * Creates an account with its journal, its own wallet, an identity provider and its first admin,
 * who is invited. The slug is its key: another run completes what the first run did not finish, and
 * creates nothing twice. Throws an OperatorRefusal if a value is not allowed, or differs from that
 * of the account with the slug; then nothing is changed.
 */
export async function openAccount(on: OperatorServices, given: NewAccount): Promise<OpenedAccount> {
  const { provider, adminName, adminEmail, ...terms } = checkAccount(
    on,
    checkTerms(given, await listPlans(on.source)),
  );
  const known = await findAccountBySlug(on.source, terms.slug);
  if (known) refuseOtherTerms(known, terms);
  const accountId = known?.id ?? (await createAccount(on.source, { ...terms, ...createdNow(on) }));
  await recordCreation(on, accountId, terms);
  if (provider) await addProvider(on, accountId, provider);
  const admin = await inviteFirstAdmin(on, accountId, {
    name: adminName,
    email: adminEmail,
    timeZone: terms.timeZone,
  });
  return { accountId, created: !known, admin };
}

function createdNow({ clock }: OperatorServices): { createdAt: Date } {
  return { createdAt: new Date(clock.nowMs()) };
}

/** Values of a provider that are set together with those of the account, if their names differ. */
const providerFields: Readonly<Record<string, string>> = {
  name: 'issuerName',
  audiences: 'audience',
  algorithms: 'algorithm',
};

/** All that can be refused is refused before the first row is written. */
function checkAccount(on: OperatorServices, given: NewAccount): NewAccount {
  const { adminName, adminEmail, provider } = given;
  if (refuseTexts({ adminName: [adminName, 200] })) {
    throw new OperatorRefusal('adminName', 'must be 1 to 200 characters');
  }
  if (refuseAddress('adminEmail', adminEmail)) {
    throw new OperatorRefusal('adminEmail', `${adminEmail} is not an e-mail address`);
  }
  const refused = provider && refuseSettings(settingsOf(provider), on.fetchRules);
  if (refused) {
    const field = refused.field?.[0] ?? 'issuer';
    throw new OperatorRefusal(providerFields[field] ?? field, refused.message);
  }
  return given;
}

function refuseOtherTerms(known: AccountRow, terms: Terms): void {
  for (const field of Object.keys(terms) as (keyof Terms)[]) {
    if (known[field] === terms[field]) continue;
    throw new OperatorRefusal(
      field,
      `the account ${known.slug} exists already with ${String(known[field])}; ` +
        '"daypass account update" changes what can be changed',
    );
  }
}

async function recordCreation(
  on: OperatorServices,
  accountId: string,
  { emergencyCeiling, ...terms }: Terms,
): Promise<void> {
  await stateOf(on, accountId).write(async (manager) => {
    const action = 'account.created';
    const done = await manager.existsBy(AuditEventRow, { action });
    if (!done) {
      await recordAudit(manager, {
        ...on.attribution,
        action,
        subject: { type: 'Account', id: accountId },
        before: null,
        after: terms.billingMode === 'BILLED' ? { ...terms, emergencyCeiling } : terms,
        occurredAt: new Date(on.clock.nowMs()),
      });
    }
    return { result: undefined, changed: [] };
  });
}

async function addProvider(
  on: OperatorServices,
  accountId: string,
  provider: GivenProvider,
): Promise<void> {
  const settings = settingsOf(provider);
  const scope = new AccountScope(on.source, accountId);
  const rows = await scope.select(IdentityProviderRow).getMany();
  // An admin may have changed it since: an existing value is not reset.
  if (rows.some(({ issuer }) => issuer === settings.issuer)) return;
  const done = await setIdentityProvider(
    { state: stateOf(on, accountId), fetchRules: on.fetchRules },
    { settings, nowMs: on.clock.nowMs(), audit: on.attribution },
  );
  if ('refused' in done) throw new OperatorRefusal('issuer', done.refused.message);
}
