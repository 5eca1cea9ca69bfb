import type { InvoiceParty } from '../core/invoice-party';
import type { AccountScope } from '../db/account-scope';
import type { TaxRate } from '../ledger/books/tax.rules';

/** What decides the tax on an account's passes, and what the account owes. */
export interface TaxTerms {
  seller: {
    party: InvoiceParty;
    taxRegistrations: { country: string; vatId: string }[];
    exemptionNote: string | null;
  } | null;
  buyer: InvoiceParty | null;
  /** Those that are valid at the instant. */
  rates: TaxRate[];
  /** For passes that were credited, with tax. */
  owedMinor: number;
}

/** Seller, buyer, tax rates and what is owed at an instant, in one statement. */
export async function readTaxTerms(scope: AccountScope, nowMs: number): Promise<TaxTerms> {
  const [terms] = await scope.query<TaxTerms>(
    `select
       (select json_build_object('party', party, 'taxRegistrations', tax_registrations,
           'exemptionNote', exemption_note)
         from sellers order by set_at desc, id desc limit 1) as seller,
       (select buyer from billing where account_id = $1) as buyer,
       (select coalesce(json_agg(json_build_object('country', country, 'category', category,
           'basisPoints', basis_points, 'validFromMs', 0, 'validToMs', null)), '[]')
         from tax_rates
         where valid_from <= $2 and (valid_to is null or valid_to > $2)) as rates,
       (select coalesce(sum(open_minor), 0)::bigint from orders
        where account_id = $1 and open_minor > 0 and credited_at is not null) as "owedMinor"`,
    [new Date(nowMs)],
  );
  return terms!;
}
