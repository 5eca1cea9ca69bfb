import { Text } from '@mantine/core';
import { writeCount } from '../../format/count';
import { writeMoney } from '../../format/money';
import { BuyQuoteDocument } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { savingOf, type ListPrice } from './buy-price';
import { words } from '../../words';

/** Says that a larger quantity costs less, if that quantity can be bought. */
export function Saving({
  tiers,
  walletId,
  quantity,
}: {
  tiers: readonly ListPrice[];
  walletId: string;
  quantity: number;
}) {
  const saving = savingOf(tiers, quantity);
  // Only the quote knows the pack size of a price.
  const { data } = useApiQuery(
    BuyQuoteDocument,
    { quantity: saving?.quantity ?? 1, walletId },
    { enabled: saving !== null },
  );
  const quote = data?.dayPassQuote;
  if (saving === null || quote?.quantity !== saving.quantity) return null;
  if (saving.quantity % quote.packSize !== 0) return null;
  return (
    <Text size="sm" role="status">
      {words.buy.saving(
        writeCount(saving.quantity),
        writeMoney(saving.saved),
        writeCount(quantity),
      )}
    </Text>
  );
}
