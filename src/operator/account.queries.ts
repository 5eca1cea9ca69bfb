import type { DataSource } from 'typeorm';
import { PlanRow } from '../db/tables/plan';
import { OperatorRefusal } from './operator';

/**
 * What the operator sees of an account: its terms and counts, but no names of people and no
 * tickets.
 */
export interface AccountSummary {
  id: string;
  slug: string;
  name: string;
  plan: string;
  currency: string;
  timeZone: string;
  sandbox: boolean;
  billing: {
    mode: 'UNBILLED' | 'BILLED';
    emergencyCeiling: number;
    /** Null: nothing is sold on terms. */
    termsDays: number | null;
    creditedFirst: boolean;
    /** In minor units; null: no limit. */
    creditLimitMinor: number | null;
    holdSince: string | null;
    /** For passes that were credited, with tax, in minor units. */
    owedMinor: number;
  };
  createdAt: Date;
  closedAt: Date | null;
  /** When the gate of a closed account is shut for everybody. */
  gateShutsAt: Date | null;
  /** Passes in its own wallet. */
  balance: number;
  agents: { fullTime: number; occasional: number; invited: number };
  /** Passes that were used and not reversed. */
  consumptions: number;
  identityProviders: string[];
}

/** Accounts by slug: all of them, or the one named. */
export function listAccountSummaries(
  source: DataSource,
  slug: string | null = null,
): Promise<AccountSummary[]> {
  return source.query(
    `select a.id, a.slug, a.name, a.plan, a.currency, a.time_zone as "timeZone", a.sandbox,
       json_build_object('mode', a.billing_mode, 'emergencyCeiling',
         case when a.billing_mode = 'BILLED' then a.emergency_ceiling else 1000 end,
         'termsDays', a.terms_days, 'creditedFirst', a.credit_first,
         'creditLimitMinor', a.credit_limit_minor, 'holdSince', a.hold_since,
         'owedMinor', (select coalesce(sum(open_minor), 0) from orders
           where account_id = a.id and open_minor > 0 and credited_at is not null)) as billing,
       a.created_at as "createdAt", a.closed_at as "closedAt", a.gate_shuts_at as "gateShutsAt",
       coalesce((select balance from wallets where account_id = a.id and client_id is null), 0)
         as balance,
       (select json_build_object(
           'fullTime', count(*) filter (where status = 'ACTIVE' and type = 'FULL_TIME'),
           'occasional', count(*) filter (where status = 'ACTIVE' and type = 'OCCASIONAL'),
           'invited', count(*) filter (where status = 'INVITED'))
         from agents where account_id = a.id) as agents,
       (select count(*)::int from consumptions
         where account_id = a.id and reversed_at is null) as consumptions,
       (select coalesce(json_agg(issuer order by issuer), '[]') from identity_providers
         where account_id = a.id) as "identityProviders"
     from accounts a where $1::text is null or a.slug = $1 order by a.slug`,
    [slug],
  );
}

/** The account with that slug. Throws an OperatorRefusal if no account has it. */
export async function readAccountSummary(
  source: DataSource,
  slug: string,
): Promise<AccountSummary> {
  const [account] = await listAccountSummaries(source, slug);
  if (!account) throw new OperatorRefusal('slug', `there is no account ${slug}`);
  return account;
}

/** The names of the plans, in order. */
export async function listPlans(source: DataSource): Promise<string[]> {
  const plans = await source.getRepository(PlanRow).find({ order: { name: 'ASC' } });
  return plans.map(({ name }) => name);
}
