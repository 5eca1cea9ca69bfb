import { Alert, Button, Card, Grid, NativeSelect, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { writeClock } from '../../format/times';
import { localIn } from '../../format/zone';
import type { BuyOfferQuery } from '../../generated/app';
import { Empty } from '../../ui/empty';
import { saysOf } from '../../ui/says';
import { ConfirmPurchase } from './buy-confirm';
import { CountField } from './buy-count';
import { useBuying, type Order, type Outcome } from './use-buying';
import { quantityMax, readQuantity, tierFor, tiersAt, times, type ListPrice } from './buy-price';
import { QuoteLines, type Billing } from './buy-quote';
import { Saving } from './buy-saving';
import { OrderStatus } from './buy-status';
import { Summary } from './buy-summary';
import { Tiers } from './buy-tiers';
import { words } from '../../words';

type Prices = NonNullable<BuyOfferQuery['dayPassPrices']>;

const outOfRange = words.dashboard.quantityOutOfRange(quantityMax);

/** The quantity, its price and its wallet; and the result of the order. */
export function BuyDesk({
  now,
  billing,
  prices,
  wallets,
  askPrices,
}: {
  now: string;
  /** Null if nothing is owed for the passes: they can be bought here. */
  billing: Billing | null;
  prices: Prices;
  wallets: NonNullable<BuyOfferQuery['dayPassWallets']>;
  /** Reads the prices and the quotes again. */
  askPrices: () => Promise<BuyOfferQuery | undefined>;
}) {
  const [text, setText] = useState<string | number>(10);
  const [walletId, setWalletId] = useState(wallets[0]?.id ?? '');
  const [refused, setRefused] = useState<string | null>(null);
  /** The order to confirm, and what it was before the price changed. */
  const [asked, setAsked] = useState<{ order: Order; was?: Order } | null>(null);
  const settle = async (outcome: Outcome, order: Order) => {
    if (outcome.kind === 'bought') return setAsked(null);
    const { refusal } = outcome;
    if (refusal.code === 'QUANTITY_OUT_OF_RANGE') {
      setRefused(saysOf(refusal));
      return setAsked(null);
    }
    if (refusal.code !== 'PRICE_CHANGED' || !asked) return;
    const fresh = await askPrices();
    const next = fresh && orderAt(fresh.dayPassPrices ?? [], fresh.account.now, order);
    setAsked(next ? { order: next, was: order } : null);
  };
  const buying = useBuying({ settled: (outcome, order) => void settle(outcome, order) });
  const field = useRef<HTMLInputElement>(null);
  const quantity = readQuantity(text);
  const tiers = tiersAt(prices, now);
  const tier = quantity === null ? null : tierFor(tiers, quantity);
  const wallet = wallets.find(({ id }) => id === walletId);
  if (billing && (tiers.length === 0 || !wallet)) {
    return <Empty title={words.buy.billed}>{words.buy.billedText}</Empty>;
  }
  if (tiers.length === 0 || !wallet) {
    return <Empty title={words.buy.noPrice}>{words.buy.noPriceText}</Empty>;
  }

  return (
    <>
      <OrderStatus buying={buying} isAsking={asked !== null} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (billing) return;
          if (quantity === null) {
            setRefused(outOfRange);
            return field.current?.focus();
          }
          const order = orderAt(prices, now, { walletId, quantity });
          if (order) setAsked({ order });
        }}
      >
        <fieldset disabled={buying.order !== null} className="bare">
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, md: 7 }}>
              <Card withBorder>
                <Stack>
                  {wallets.length > 1 && (
                    <NativeSelect
                      label={words.buy.wallet}
                      description={words.buy.walletText}
                      data={wallets.map(({ id, name }) => ({ value: id, label: name }))}
                      value={walletId}
                      onChange={(event) => setWalletId(event.currentTarget.value)}
                    />
                  )}
                  <CountField
                    input={field}
                    value={text}
                    error={refused ?? (quantity === null && text !== '' ? outOfRange : null)}
                    onChange={(next) => {
                      setText(next);
                      setRefused(null);
                    }}
                  />
                  {quantity !== null && <Saving {...{ tiers, walletId, quantity }} />}
                  <Tiers tiers={tiers} current={tier} />
                  <Coming prices={prices} now={now} />
                </Stack>
              </Card>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 5 }}>
              <Card withBorder>
                <Stack>
                  <Summary key={walletId} wallet={wallet} quantity={quantity} tier={tier}>
                    {billing && (
                      <QuoteLines
                        billing={billing}
                        total={tier && times(tier.unitPrice, quantity!)}
                        askPrices={askPrices}
                        {...{ walletId, quantity }}
                      />
                    )}
                  </Summary>
                  {billing ? (
                    <Alert color="blue" variant="outline">
                      <Text fw={600}>{words.buy.billed}</Text>
                      <Text size="sm">{words.buy.billedText}</Text>
                    </Alert>
                  ) : (
                    <Button type="submit" size="md" fullWidth>
                      {quantity === null ? words.buy.submit : words.buy.submitCount(quantity)}
                    </Button>
                  )}
                </Stack>
              </Card>
            </Grid.Col>
          </Grid>
        </fieldset>
      </form>
      {asked && (
        <ConfirmPurchase
          {...asked}
          walletName={wallets.length > 1 ? wallet.name : null}
          buying={buying}
          onConfirm={() => buying.send(asked.order)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** An order at the present price; null if no price applies. */
function orderAt(
  prices: Prices,
  now: string,
  { walletId, quantity }: { walletId: string; quantity: number },
): Order | null {
  const tier = tierFor(tiersAt(prices, now), quantity);
  if (!tier) return null;
  return {
    walletId,
    quantity,
    unitPrice: tier.unitPrice,
    total: times(tier.unitPrice, quantity),
  };
}

/** Announces the next change of prices. */
function Coming({ prices, now }: { prices: readonly ListPrice[]; now: string }) {
  const next = prices
    .filter(({ validFrom }) => Date.parse(validFrom) > Date.parse(now))
    .sort((a, b) => Date.parse(a.validFrom) - Date.parse(b.validFrom))[0];
  if (!next) return null;
  const date = writeClock(localIn(Date.parse(next.validFrom)), 'longDate');
  return (
    <Text size="sm" c="dimmed">
      {words.buy.otherPrices(date)}
    </Text>
  );
}
