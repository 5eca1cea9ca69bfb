import { defineEnum } from './enum';

export const OrderDirection = defineEnum(
  'OrderDirection',
  'The direction in which a list is ordered.',
  {
    ASC: 'Ascending: the smallest, earliest or alphabetically first item comes first.',
    DESC: 'Descending: the largest, latest or alphabetically last item comes first.',
  },
);
export type OrderDirection = keyof typeof OrderDirection;
