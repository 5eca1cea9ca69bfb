import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { ToCome } from '../../ui/to-come';
import { writeCount } from '../../format/count';
import { writeMoney } from '../../format/money';
import { BuyQuoteDocument } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { savingOf, type ListPrice } from './buy-price';
import { words } from '../../words';

/** As long as for the quote of the total, so that both are one request. */
const typedMs = 250;

/**
 * What a larger quantity changes: that it costs less altogether, or from how many more passes on each
 * of them costs less.
 */
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
  const [asked] = useDebouncedValue(saving?.quantity ?? quantity, typedMs);
  // Only the quote knows the pack size of a price.
  const { data, isPending } = useApiQuery(BuyQuoteDocument, { quantity: asked, walletId });
  // As high as one line of text.
  if (isPending) return <ToCome height={22} />;
  const quote = data?.dayPassQuote;
  if (quote?.quantity !== (saving?.quantity ?? quantity)) return null;
  const text = saving ? savingText(saving, quote, quantity) : tierText(quote);
  return (
    text && (
      <Text size="sm" role="status">
        {text}
      </Text>
    )
  );
}

function savingText(
  saving: NonNullable<ReturnType<typeof savingOf>>,
  { packSize }: { packSize: number },
  quantity: number,
): string | null {
  if (saving.quantity % packSize !== 0) return null;
  const { saved } = saving;
  return words.buy.saving(writeCount(saving.quantity), writeMoney(saved), writeCount(quantity));
}

function tierText({
  quantity,
  nextTier,
}: {
  quantity: number;
  nextTier?: { minimumQuantity: number; unitPrice: { amount: string; currency: string } } | null;
}): string | null {
  if (!nextTier) return null;
  const more = writeCount(nextTier.minimumQuantity - quantity);
  return words.buy.nextTier(more, writeMoney(nextTier.unitPrice));
}
