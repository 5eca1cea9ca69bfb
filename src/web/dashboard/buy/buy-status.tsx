import { writeCount } from '../../format/count';
import { Alert, Anchor, Button, Group, Loader, Text } from '@mantine/core';
import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { writeMoney } from '../../format/money';
import type { Money } from './buy-price';
import { messageOf } from '../../ui/message-of';
import type { Buying } from './use-buying';
import { Rich } from '../../ui/rich';
import { words } from '../../words';

/** The state of the last order. While the dialog is open, the dialog shows it. */
export function OrderStatus({ buying, isAsking }: { buying: Buying; isAsking: boolean }) {
  const { outcome } = buying;
  return (
    <>
      <div role="status" className="told">
        {outcome?.kind === 'bought' && <Bought {...outcome} />}
        {outcome?.kind === 'ordered' && <Ordered {...outcome} />}
        {buying.isSending && !isAsking && buying.order && (
          <Group gap="xs">
            <Loader size="xs" aria-hidden />
            <Text>{words.buy.order.finishing(amountOf(buying.order))}</Text>
          </Group>
        )}
      </div>
      {!isAsking && !buying.isSending && buying.order && <Unanswered buying={buying} />}
      {!isAsking &&
        outcome?.kind === 'refused' &&
        outcome.refusal.code !== 'QUANTITY_OUT_OF_RANGE' && (
          <Alert color="red" variant="outline" icon={<IconAlertCircle aria-hidden />}>
            {words.buy.confirm.refused(refusalOf(outcome.refusal))}
          </Alert>
        )}
    </>
  );
}

/** Why the order was refused, if its dialog is closed. */
function refusalOf(refusal: { code: string; message: string } | Error): string {
  const isPrice = 'code' in refusal && refusal.code === 'PRICE_CHANGED';
  return isPrice ? words.buy.order.priceChanged : messageOf(refusal);
}

/** An order whose passes come when it is paid. */
function Ordered({ order }: Extract<Buying['outcome'], { kind: 'ordered' }>) {
  return (
    <Alert color="teal" variant="outline" role="group" icon={<IconCheck aria-hidden />}>
      <Text fw={600}>{words.buy.order.ordered(writeMoney(order.gross))}</Text>
      <OrderLink order={order} />
    </Alert>
  );
}

function OrderLink({ order: { id, number } }: { order: { id: string; number: string } }) {
  return (
    <Anchor
      component={Link}
      to={`/admin/orders/${encodeURIComponent(id)}`}
      size="sm"
      underline="always"
    >
      {words.orders.page.title(number)}
    </Anchor>
  );
}

function Bought({ purchase, wallet, order }: Extract<Buying['outcome'], { kind: 'bought' }>) {
  return (
    <Alert color="teal" variant="outline" role="group" icon={<IconCheck aria-hidden />}>
      <Text fw={600}>{words.buy.order.bought(amountOf({ ...purchase, gross: order?.gross }))}</Text>
      <Text size="sm">
        <Rich
          text={words.buy.order.balance(writeCount(wallet.balance))}
          parts={{
            ledger: (text) => (
              <Anchor component={Link} to="/admin/ledger?view=movements" inherit underline="always">
                {text}
              </Anchor>
            ),
          }}
        />
      </Text>
      {order && <OrderLink order={order} />}
    </Alert>
  );
}

/** The order's result is not known, and trying again is safe. */
function Unanswered({ buying }: { buying: Buying }) {
  const order = buying.order!;
  return (
    <Alert
      color="orange"
      variant="outline"
      icon={<IconAlertCircle aria-hidden />}
      title={words.buy.order.unanswered}
    >
      <Text size="sm" mb="sm">
        {words.buy.order.unansweredText(amountOf(order))}
      </Text>
      <Group gap="xs">
        <Button size="xs" autoFocus onClick={() => buying.send(order)}>
          {words.ui.tryAgain}
        </Button>
        <Button size="xs" variant="default" onClick={buying.forget}>
          {words.buy.order.giveUp}
        </Button>
      </Group>
    </Alert>
  );
}

function amountOf(order: { quantity: number; total: Money; gross?: Money }): string {
  const { quantity, total, gross } = order;
  return words.buy.order.amount(words.dashboard.passes(quantity), writeMoney(gross ?? total));
}
