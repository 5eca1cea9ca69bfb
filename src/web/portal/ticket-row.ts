import type { DeskTicketsQuery } from '../generated/app';

/** A ticket, as the list shows it. */
export type TicketRow = NonNullable<DeskTicketsQuery['tickets']>['edges'][number]['node'];
