import { writeCount } from '../../format/count';
import { Alert, Text } from '@mantine/core';
import { Confirm } from '../../ui/confirm';
import { writeMoney } from '../../format/money';
import { saysOf } from '../../ui/says';
import type { Buying } from './buy-once';
import type { Order } from './buy-order';
import { Facts } from '../ledger/ledger-facts';

/** Repeats what will be bought, and for how much. */
export function ConfirmPurchase({
  order,
  was,
  walletName,
  buying,
  onConfirm,
  onClose,
}: {
  order: Order;
  /** What it was, where the price has changed meanwhile. */
  was?: Order;
  walletName: string | null;
  buying: Buying;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { outcome, isSending } = buying;
  const isUnanswered = buying.order !== null && !isSending;
  const refusal = outcome?.kind === 'refused' ? outcome.refusal : null;
  return (
    <Confirm
      isOpen
      title="Buy day passes?"
      label={isUnanswered ? 'Try again' : `Buy for ${writeMoney(order.total)}`}
      isBusy={isSending}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {was && (
        <Alert color="orange" variant="outline" role="alert">
          The price has changed: {writeMoney(order.unitPrice)} per pass now, it was{' '}
          {writeMoney(was.unitPrice)}. Nothing was bought.
        </Alert>
      )}
      <Facts
        facts={[
          ['Day passes', writeCount(order.quantity)],
          ['Per pass', writeMoney(order.unitPrice)],
          ['Total before tax', <strong key="total">{writeMoney(order.total)}</strong>],
          walletName === null ? null : ['Wallet', walletName],
        ]}
      />
      <Text size="sm" c="dimmed">
        They are in the wallet at once.
      </Text>
      {isUnanswered && (
        <Alert color="orange" variant="outline" role="alert">
          No answer came. Trying again buys them once, also if the first try came through.
        </Alert>
      )}
      {refusal && refusal.code !== 'PRICE_CHANGED' && (
        <Alert color="red" variant="outline" role="alert">
          Nothing was bought. {saysOf(refusal)}
        </Alert>
      )}
    </Confirm>
  );
}
