import { defineEnum } from './enum';

export const OrderDirection = defineEnum('OrderDirection', 'Which way a list is ordered.', {
  ASC: 'The smallest, earliest or first in the alphabet first.',
  DESC: 'The largest, latest or last in the alphabet first.',
});
export type OrderDirection = keyof typeof OrderDirection;
