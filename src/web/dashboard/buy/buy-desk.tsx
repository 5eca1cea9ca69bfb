import { writeCount } from '../../format/count';
import { Button, Card, Grid, NativeSelect, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { writeClock } from '../../format/times';
import { localIn } from '../../format/zone';
import type { BuyOfferQuery } from '../../generated/app';
import { Empty } from '../../ui/empty';
import { saysOf } from '../../ui/says';
import { ConfirmPurchase } from './buy-confirm';
import { CountField } from './buy-count';
import { useBuying } from './buy-once';
import type { Order } from './buy-order';
import { quantityMax, readQuantity, tierFor, tiersAt, times, type ListPrice } from './buy-price';
import { OrderStatus } from './buy-status';
import { Summary } from './buy-summary';
import { Tiers } from './buy-tiers';

type Prices = NonNullable<BuyOfferQuery['dayPassPrices']>;

const outOfRange = `Enter a whole number from 1 to ${writeCount(quantityMax)}.`;

/** How many, for how much, into which wallet; and what came of it. */
export function BuyDesk({
  now,
  prices,
  wallets,
  askPrices,
}: {
  now: string;
  prices: Prices;
  wallets: NonNullable<BuyOfferQuery['dayPassWallets']>;
  /** Reads the prices anew. */
  askPrices: () => Promise<BuyOfferQuery | undefined>;
}) {
  const [text, setText] = useState<string | number>(10);
  const [walletId, setWalletId] = useState(wallets[0]?.id ?? '');
  const [refused, setRefused] = useState<string | null>(null);
  /** What is being confirmed, and what it was before the price changed. */
  const [asked, setAsked] = useState<{ order: Order; was?: Order } | null>(null);
  const buying = useBuying();
  const field = useRef<HTMLInputElement>(null);
  const quantity = readQuantity(text);
  const tiers = tiersAt(prices, now);
  const tier = quantity === null ? null : tierFor(tiers, quantity);
  const wallet = wallets.find(({ id }) => id === walletId);
  if (tiers.length === 0 || !wallet) {
    return (
      <Empty title="There is no price for your plan">
        Ask whoever operates this service to set one.
      </Empty>
    );
  }

  const confirm = async (order: Order) => {
    const outcome = await buying.send(order);
    if (!outcome) return;
    if (outcome.kind === 'bought') return setAsked(null);
    const { refusal } = outcome;
    if (refusal.code === 'QUANTITY_OUT_OF_RANGE') {
      setRefused(saysOf(refusal));
      return setAsked(null);
    }
    if (refusal.code !== 'PRICE_CHANGED') return;
    const fresh = await askPrices();
    const next = fresh && orderAt(fresh.dayPassPrices ?? [], fresh.account.now, order);
    setAsked(next ? { order: next, was: order } : null);
  };

  return (
    <>
      <OrderStatus buying={buying} isAsking={asked !== null} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
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
                      label="Wallet"
                      description="The account's own, or that of one client."
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
                  <Tiers tiers={tiers} current={tier} />
                  <Coming prices={prices} now={now} />
                </Stack>
              </Card>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 5 }}>
              <Card withBorder>
                <Stack>
                  <Summary key={walletId} wallet={wallet} quantity={quantity} tier={tier} />
                  <Button type="submit" size="md" fullWidth>
                    {quantity === null ? 'Buy day passes' : `Buy ${count(quantity)} …`}
                  </Button>
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
          onConfirm={() => void confirm(asked.order)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** 'a day pass' or '25 day passes'. */
function count(quantity: number): string {
  return quantity === 1 ? 'a day pass' : `${writeCount(quantity)} day passes`;
}

/** An order at the price of now, with a key of its own; null where none applies. */
function orderAt(
  prices: Prices,
  now: string,
  { walletId, quantity }: { walletId: string; quantity: number },
): Order | null {
  const tier = tierFor(tiersAt(prices, now), quantity);
  if (!tier) return null;
  return {
    key: crypto.randomUUID(),
    walletId,
    quantity,
    unitPrice: tier.unitPrice,
    total: times(tier.unitPrice, quantity),
    sentAt: Date.now(),
  };
}

/** That other prices are to come. */
function Coming({ prices, now }: { prices: readonly ListPrice[]; now: string }) {
  const next = prices
    .filter(({ validFrom }) => Date.parse(validFrom) > Date.parse(now))
    .sort((a, b) => Date.parse(a.validFrom) - Date.parse(b.validFrom))[0];
  if (!next) return null;
  const date = writeClock(localIn(Date.parse(next.validFrom)), 'longDate');
  return (
    <Text size="sm" c="dimmed">
      Other prices apply from {date}.
    </Text>
  );
}
