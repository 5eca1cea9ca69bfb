import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Fault } from '../../api/fault';
import { writeMoney } from '../../format/money';
import { writeDate } from '../../format/times';
import { BuyQuoteDocument, type BuyOfferQuery, type BuyQuoteQuery } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { Problem } from '../../ui/problem';
import { Rich } from '../../ui/rich';
import { messageOf } from '../../ui/message-of';
import { words } from '../../words';
import { Facts } from '../ledger/ledger-facts';
import type { Money } from './buy-price';

export type Billing = NonNullable<BuyOfferQuery['account']['billing']>;
type Quote = NonNullable<BuyQuoteQuery['dayPassQuote']>;

/** Long enough that a number of several digits is typed, short enough to follow. */
const typedMs = 250;

export interface QuoteRead {
  /** The quote of what the page shows; null while it is read. */
  quote: Quote | null;
  error: Fault | null;
  retry(): void;
}

/** Reads what an order of a billed account costs with tax. */
export function useQuote({
  isBilled,
  walletId,
  quantity,
  total,
  askPrices,
}: {
  isBilled: boolean;
  walletId: string;
  quantity: number | null;
  /** The total before tax that the page shows; null if no price applies. */
  total: Money | null;
  /** Reads the prices and the quotes again. */
  askPrices: () => Promise<unknown>;
}): QuoteRead {
  const [asked] = useDebouncedValue(quantity, typedMs);
  const { data, error, refetch } = useApiQuery(
    BuyQuoteDocument,
    { quantity: asked ?? 1, walletId },
    { enabled: isBilled && asked !== null },
  );
  const quote = data?.dayPassQuote;
  // The former quote is of another quantity.
  const current = quote?.quantity === quantity ? quote : null;
  const differs = current !== null && current.net?.amount !== total?.amount;
  const readAgain = useRef(() => {});
  useEffect(() => {
    readAgain.current = () => void askPrices();
  });
  // A new price has begun since one of the two was read.
  useEffect(() => {
    if (differs) readAgain.current();
  }, [differs, current?.net?.amount, total?.amount]);
  return { quote: differs ? null : current, error, retry: () => void refetch() };
}

/** Net, tax and total of a billed account, as the service computes them. */
export function QuoteLines({
  billing,
  read: { quote, error, retry },
}: {
  billing: Billing;
  read: QuoteRead;
}) {
  if (error) return <Problem error={error} retry={retry} />;
  if (!quote) {
    return (
      <Text size="sm" c="dimmed">
        {words.buy.quote.loading}
      </Text>
    );
  }
  return <Lines quote={quote} billing={billing} />;
}

function Lines({ quote, billing }: { quote: Quote; billing: Billing }) {
  const { net, gross, taxes, dueOn, userErrors } = quote;
  // That the operator adds the passes is said beside the total.
  const refusal = userErrors.find(({ code }) => code !== 'NOT_PERMITTED');
  const notes = taxes.flatMap(({ note }) => note ?? []);
  return (
    <Stack gap="xs" role="group" aria-label={words.buy.quote.total}>
      {net && gross && taxes.length > 0 && (
        <Facts
          facts={[
            ...taxes.map(
              ({ rate, amount }) => [words.buy.quote.tax(rate), writeMoney(amount)] as const,
            ),
            [words.buy.quote.total, <strong key="gross">{writeMoney(gross)}</strong>],
          ]}
        />
      )}
      {notes.map((note) => (
        <Text key={note} size="sm">
          {note}
        </Text>
      ))}
      {net && taxes.length === 0 && <Text size="sm">{words.buy.quote.notIncluded}</Text>}
      {dueOn && <Text size="sm">{words.buy.quote.due(writeDate(dueOn, 'dateOfYear'))}</Text>}
      {!billing.buyer && (
        <Text size="sm">
          <Rich
            text={words.buy.quote.noBuyer}
            parts={{
              settings: (text) => (
                <Anchor component={Link} to="/admin/settings" inherit underline="always">
                  {text}
                </Anchor>
              ),
            }}
          />
        </Text>
      )}
      {billing.seller && (
        <Text size="sm" c="dimmed">
          {words.buy.quote.seller(billing.seller.name)}
        </Text>
      )}
      {refusal && (
        <Alert color="orange" variant="outline">
          {messageOf(refusal)}
          {refusal.code === 'CREDIT_LIMIT' && (
            <Anchor component={Link} to="/admin/orders?open=yes" size="sm" display="block">
              {words.buy.quote.openOrders}
            </Anchor>
          )}
        </Alert>
      )}
    </Stack>
  );
}
