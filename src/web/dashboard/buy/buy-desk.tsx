import {
  Alert,
  Anchor,
  Button,
  Card,
  Grid,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { writeClock } from '../../format/times';
import { localIn } from '../../format/zone';
import type { BuyOfferQuery } from '../../generated/app';
import { Empty } from '../../ui/empty';
import { atMost } from '../../ui/field-rules';
import { Form } from '../../ui/form';
import { messageOf } from '../../ui/message-of';
import { ConfirmPurchase } from './buy-confirm';
import { CountField } from './buy-count';
import { useBuying, type Order, type Outcome } from './use-buying';
import { quantityMax, readQuantity, tierFor, tiersAt, times, type ListPrice } from './buy-price';
import { QuoteLines, useQuote, type Billing } from './buy-quote';
import { Saving } from './buy-saving';
import { OrderStatus } from './buy-status';
import { Summary } from './buy-summary';
import { Tiers } from './buy-tiers';
import { words } from '../../words';

type Prices = NonNullable<BuyOfferQuery['dayPassPrices']>;

/** The longest purchase order number. */
const poNumberMax = 50;

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
  const [poNumber, setPoNumber] = useState('');
  const [wrongPoNumber, setWrongPoNumber] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  /** The order to confirm, and what it was before the price changed. */
  const [asked, setAsked] = useState<{ order: Order; was?: Order } | null>(null);
  const settle = async (outcome: Outcome, order: Order) => {
    if (outcome.kind !== 'refused') return setAsked(null);
    const { refusal } = outcome;
    if (refusal.code === 'QUANTITY_OUT_OF_RANGE') {
      setRefused(messageOf(refusal));
      return setAsked(null);
    }
    if (refusal.code !== 'PRICE_CHANGED' || !asked) return;
    const fresh = await askPrices();
    // The tax may have changed too: the page shows the new total.
    if (billing) return setAsked(null);
    const next = fresh && orderAt(fresh.dayPassPrices ?? [], fresh.account.now, order);
    setAsked(next ? { order: next, was: order } : null);
  };
  const buying = useBuying({ settled: (outcome, order) => void settle(outcome, order) });
  const quantity = readQuantity(text);
  const tiers = tiersAt(prices, now);
  const tier = quantity === null ? null : tierFor(tiers, quantity);
  const wallet = wallets.find(({ id }) => id === walletId);
  const total = tier && times(tier.unitPrice, quantity!);
  const read = useQuote({ isBilled: billing !== null, walletId, quantity, total, askPrices });
  const isSold = !billing || billing.paymentMethods.includes('TERMS');
  if (billing && (tiers.length === 0 || !wallet)) {
    return <Empty title={words.buy.billed}>{words.buy.billedText}</Empty>;
  }
  if (tiers.length === 0 || !wallet) {
    return <Empty title={words.buy.noPrice}>{words.buy.noPriceText}</Empty>;
  }

  return (
    <>
      <OrderStatus buying={buying} isAsking={asked !== null} />
      <Form
        isBusy={buying.order !== null}
        fields="bare"
        onSubmit={() => {
          if (!isSold) return;
          const wrongNumber = atMost(poNumberMax)(poNumber);
          setWrongPoNumber(wrongNumber);
          if (quantity === null) return setRefused(outOfRange);
          if (wrongNumber) return;
          const order = orderAt(prices, now, { walletId, quantity });
          if (!order) return;
          if (!billing) return setAsked({ order });
          const { gross, dueOn, userErrors } = read.quote ?? {};
          // What is missing is said beside the total.
          if (!gross || userErrors!.length > 0) return;
          setAsked({
            order: { ...order, gross, dueOn, purchaseOrderNumber: poNumber.trim() || undefined },
          });
        }}
      >
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
                  {billing && quantity !== null && <QuoteLines billing={billing} read={read} />}
                </Summary>
                {billing && isSold && (
                  <TextInput
                    label={words.buy.purchaseOrder}
                    description={words.buy.purchaseOrderText}
                    value={poNumber}
                    error={wrongPoNumber}
                    onChange={({ currentTarget }) => {
                      setPoNumber(currentTarget.value);
                      setWrongPoNumber(null);
                    }}
                  />
                )}
                {!isSold ? (
                  <NotSold billing={billing} />
                ) : (
                  <Button type="submit" size="md" fullWidth>
                    {quantity === null ? words.buy.submit : words.buy.submitCount(quantity)}
                  </Button>
                )}
              </Stack>
            </Card>
          </Grid.Col>
        </Grid>
      </Form>
      {asked && (
        <ConfirmPurchase
          {...asked}
          walletName={wallets.length > 1 ? wallet.name : null}
          comesPaid={billing?.creditedFirst === false}
          buying={buying}
          onConfirm={() => buying.send(asked.order)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** Why nothing can be bought here, and what to do. */
function NotSold({ billing }: { billing: Billing }) {
  return (
    <Alert color={billing.holdSince ? 'orange' : 'blue'} variant="outline">
      <Text fw={600}>{billing.holdSince ? words.orders.hold : words.buy.billed}</Text>
      <Text size="sm">{billing.holdSince ? words.orders.holdText : words.buy.billedText}</Text>
      {billing.holdSince && (
        <Anchor component={Link} to="/admin/orders" size="sm" underline="always">
          {words.orders.title}
        </Anchor>
      )}
    </Alert>
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
