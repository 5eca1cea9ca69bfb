import { Stack, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { BuyOfferDocument, BuyQuoteDocument } from '../../generated/app';
import { nameOf, useApiQuery } from '../../session/use-api-query';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { useTitle } from '../../ui/use-title';
import { BuyDesk } from './buy-desk';
import { PastPurchases } from './buy-past';
import { words } from '../../words';

/** Buying day passes. Never behind the gate: an empty wallet can always be filled. */
export function Buy() {
  useTitle(words.buy.title);
  return (
    <Stack gap="lg">
      <Title order={1}>{words.buy.title}</Title>
      <Offer />
      <PastPurchases />
    </Stack>
  );
}

function Offer() {
  const queries = useQueryClient();
  const { data, error, refetch } = useApiQuery(BuyOfferDocument, {});
  if (!data) {
    if (error) return <Problem error={error} retry={() => void refetch()} />;
    return <RowsToCome rows={8} />;
  }
  const { account, dayPassPrices, dayPassWallets } = data;
  return (
    <BuyDesk
      now={account.now}
      billing={account.billing?.mode === 'BILLED' ? account.billing : null}
      prices={dayPassPrices ?? []}
      wallets={dayPassWallets ?? []}
      askPrices={async () => {
        void queries.invalidateQueries({ queryKey: [nameOf(BuyQuoteDocument as never)] });
        return (await refetch()).data;
      }}
    />
  );
}
