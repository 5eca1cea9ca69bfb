import type { InvoiceParty } from '../core/invoice-party';
import type { AccountScope } from '../db/account-scope';
import type { TaxRate } from '../ledger/books/tax.rules';

/** What decides the tax on an account's passes. */
export interface TaxTerms {
  seller: {
    party: InvoiceParty;
    taxRegistrations: { country: string; vatId: string }[];
    exemptionNote: string | null;
  } | null;
  buyer: InvoiceParty | null;
  /** Those that are valid at the instant. */
  rates: TaxRate[];
}

/** Seller, buyer and tax rates at an instant, in one statement. */
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
         where valid_from <= $2 and (valid_to is null or valid_to > $2)) as rates`,
    [new Date(nowMs)],
  );
  return terms!;
}
