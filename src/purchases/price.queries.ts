import type { AccountScope } from '../db/account-scope';
import type { DayPassPriceRow } from '../db/tables/day-pass-price';

/** The list prices for the account's plan and currency that are valid now or will be. */
export function pricesFrom(scope: AccountScope, nowMs: number): Promise<DayPassPriceRow[]> {
  return scope.query<DayPassPriceRow>(
    `select price.plan, price.currency, minimum_quantity as "minimumQuantity",
       valid_from as "validFrom", valid_to as "validTo",
       unit_price_minor as "unitPriceMinor", pack_size as "packSize", example
     from day_pass_prices price
     join accounts account on account.plan = price.plan and account.currency = price.currency
     where account.id = $1 and (valid_to is null or valid_to > $2)
     order by valid_from, minimum_quantity`,
    [new Date(nowMs)],
  );
}
