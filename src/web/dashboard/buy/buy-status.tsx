import { writeCount } from '../../format/count';
import { Alert, Anchor, Button, Group, Loader, Text } from '@mantine/core';
import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { writeMoney } from '../../format/money';
import { saysOf } from '../../ui/says';
import type { Buying } from './buy-once';

/** What came of the last order; while the pop-up asks, it says so itself. */
export function OrderStatus({ buying, isAsking }: { buying: Buying; isAsking: boolean }) {
  const { outcome } = buying;
  return (
    <>
      <div role="status" className="told">
        {outcome?.kind === 'bought' && <Bought {...outcome} />}
        {buying.isSending && !isAsking && buying.order && (
          <Group gap="xs">
            <Loader size="xs" aria-hidden />
            <Text>Finishing your purchase of {amountOf(buying.order)} …</Text>
          </Group>
        )}
      </div>
      {!isAsking && !buying.isSending && buying.order && <Unanswered buying={buying} />}
      {!isAsking &&
        outcome?.kind === 'refused' &&
        outcome.refusal.code !== 'QUANTITY_OUT_OF_RANGE' && (
          <Alert color="red" variant="outline" icon={<IconAlertCircle aria-hidden />}>
            Nothing was bought. {refusalOf(outcome.refusal)}
          </Alert>
        )}
    </>
  );
}

/** Why it was refused, for whoever no longer has it before them. */
function refusalOf(refusal: { code: string; message: string } | Error): string {
  const isPrice = 'code' in refusal && refusal.code === 'PRICE_CHANGED';
  return isPrice ? 'The price has changed: look at the new total, then buy.' : saysOf(refusal);
}

function Bought({ purchase, wallet }: Extract<Buying['outcome'], { kind: 'bought' }>) {
  return (
    <Alert color="teal" variant="outline" role="group" icon={<IconCheck aria-hidden />}>
      <Text fw={600}>{amountOf(purchase)} bought.</Text>
      <Text size="sm">
        The balance is {writeCount(wallet.balance)}.{' '}
        <Anchor component={Link} to="/admin/ledger?view=movements" inherit>
          See it in the ledger
        </Anchor>
      </Text>
    </Alert>
  );
}

/** Nobody knows what became of it, and trying again is safe. */
function Unanswered({ buying }: { buying: Buying }) {
  const order = buying.order!;
  return (
    <Alert
      color="orange"
      variant="outline"
      icon={<IconAlertCircle aria-hidden />}
      title="No answer came"
    >
      <Text size="sm" mb="sm">
        Whether {amountOf(order)} were bought is not known. Trying again finds out, and buys them
        once.
      </Text>
      <Group gap="xs">
        <Button size="xs" autoFocus onClick={() => void buying.send(order)}>
          Try again
        </Button>
        <Button size="xs" variant="default" onClick={buying.forget}>
          Leave it
        </Button>
      </Group>
    </Alert>
  );
}

function amountOf(order: {
  quantity: number;
  total: { amount: string; currency: string };
}): string {
  const { quantity, total } = order;
  const what = quantity === 1 ? '1 day pass' : `${writeCount(quantity)} day passes`;
  return `${what} for ${writeMoney(total)}`;
}
