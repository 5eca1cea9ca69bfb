import { newId } from '../core/ids';
import { ledgerOf, OperatorRefusal, operatorActor, type OperatorServices } from './operator';
import { findOrder } from './order.queries';

/** Cancels an order that waits for its payment. Throws an OperatorRefusal if it has passes or money. */
export async function cancelOrder(
  on: OperatorServices,
  number: string,
): Promise<{ order: string; replayed: boolean }> {
  const { accountId, id: orderId } = await findOrder(on.source, number);
  const outcome = await ledgerOf(on, accountId).submit<'cancel-order'>({
    kind: 'cancel-order',
    id: newId(),
    actor: operatorActor,
    audit: on.attribution,
    orderId,
  });
  if (outcome.status === 'refused') {
    const message = 'it has passes or money; credit its invoice, or withdraw its payments first';
    throw new OperatorRefusal('number', message);
  }
  return { order: number, replayed: outcome.status === 'replayed' };
}
