import type { Command } from 'commander';
import { cancelOrder } from '../operator/cancel-order';
import { listOrders, type OrderSummary } from '../operator/order.queries';
import { recordOrderPayment } from '../operator/record-payment';
import { inOneSentence, paymentOptions, readPayment, type PaymentOptions } from './payment-options';
import { print, wholeNumber, withOperator } from './with-operator';

/** A page for people; a program asks for more. */
const listedMax = 50;

interface ListOptions {
  account?: string;
  open?: boolean;
  limit: number;
  json?: boolean;
}

/** `daypass order`: orders on terms, of all accounts. */
export function addOrderVerb(program: Command): void {
  const order = program.command('order').description('List, cancel and mark orders as paid.');
  order
    .command('list')
    .description('Print the newest orders.')
    .option('--account <slug>', 'only those of this account')
    .option('--open', 'only those with something to pay')
    .option('--limit <count>', 'how many', wholeNumber, listedMax)
    .option('--json', 'print {"orders"}')
    .action(async ({ account, open = false, limit, json }: ListOptions) => {
      const asked = { account: account ?? null, open, limit: Math.max(0, limit) };
      const orders = await withOperator(({ source }) => listOrders(source, asked));
      print(
        { orders },
        orders.map(line).join('\n') || (open ? 'No order is open.' : 'There are no orders.'),
        { json },
      );
    });
  paymentOptions(order.command('paid'))
    .description('Record a bank transfer for an order, or withdraw one that was a mistake.')
    .argument('<number>', 'the number of the order, e.g. O-1001-7')
    .action(async (number: string, options: PaymentOptions) => {
      const paid = await withOperator(
        (on) => recordOrderPayment(on, number, readPayment(options)),
        {
          number: '<number>',
        },
      );
      print(paid, inOneSentence(paid), options);
    });
  order
    .command('cancel')
    .description('Cancel an order that waits for its payment.')
    .argument('<number>', 'the number of the order')
    .option('--json', 'print one JSON object')
    .action(async (number: string, output: { json?: boolean }) => {
      const done = await withOperator((on) => cancelOrder(on, number), { number: '<number>' });
      print(done, done.replayed ? 'It was canceled before.' : 'The order was canceled.', output);
    });
}

function line(one: OrderSummary): string {
  const { number, account, quantity, gross, currency, status, outstanding, overpaid } = one;
  const money = [
    ...(one.payment === 'OPEN' ? [`${outstanding} is open`] : []),
    ...(/[1-9]/.test(overpaid) ? [`${overpaid} is too much`] : []),
  ];
  const words = [status.toLowerCase(), ...money].join(', ');
  return `${number}  ${account}  ${one.placedAt.slice(0, 10)}  ${quantity} passes  ${gross} ${currency}  ${words}`;
}
