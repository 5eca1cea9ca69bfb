import { writeCount } from '../../format/count';
import { Alert, Text } from '@mantine/core';
import { Confirm } from '../../ui/confirm';
import { writeMoney } from '../../format/money';
import { writeDate } from '../../format/times';
import { messageOf } from '../../ui/message-of';
import type { Buying, Order } from './use-buying';
import { Facts } from '../ledger/ledger-facts';
import { words } from '../../words';

/** Repeats the order and its total before it is bought. */
export function ConfirmPurchase({
  order,
  was,
  walletName,
  comesPaid,
  buying,
  onConfirm,
  onClose,
}: {
  order: Order;
  /** What it was, if the price has changed meanwhile. */
  was?: Order;
  walletName: string | null;
  /** Whether the passes come when the order is paid. */
  comesPaid: boolean;
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
      title={words.buy.confirm.title}
      label={
        isUnanswered
          ? words.ui.tryAgain
          : words.buy.confirm.submit(writeMoney(order.gross ?? order.total))
      }
      isBusy={isSending}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {was && (
        <Alert color="orange" variant="outline" role="alert">
          {words.buy.confirm.priceChanged(writeMoney(order.unitPrice), writeMoney(was.unitPrice))}
        </Alert>
      )}
      <Facts
        facts={[
          [words.buy.confirm.passes, writeCount(order.quantity)],
          [words.buy.confirm.perPass, writeMoney(order.unitPrice)],
          [
            words.buy.confirm.totalBeforeTax,
            <strong key="total">{writeMoney(order.total)}</strong>,
          ],
          order.gross
            ? [words.buy.quote.total, <strong key="gross">{writeMoney(order.gross)}</strong>]
            : null,
          order.dueOn ? [words.orders.page.due, writeDate(order.dueOn, 'dateOfYear')] : null,
          order.purchaseOrderNumber
            ? [words.orders.page.purchaseOrder, order.purchaseOrderNumber]
            : null,
          walletName === null ? null : [words.buy.confirm.wallet, walletName],
        ]}
      />
      <Text size="sm" c="dimmed">
        {comesPaid ? words.buy.confirm.whenPaid : words.buy.confirm.atOnce}
      </Text>
      {isUnanswered && (
        <Alert color="orange" variant="outline" role="alert">
          {words.buy.confirm.unanswered}
        </Alert>
      )}
      {refusal && refusal.code !== 'PRICE_CHANGED' && (
        <Alert color="red" variant="outline" role="alert">
          {words.buy.confirm.refused(messageOf(refusal))}
        </Alert>
      )}
    </Confirm>
  );
}
