import { buildSchema, extendSchema, parse } from 'graphql';
import { ticketsOfDaypass } from './tickets-of-daypass.mjs';

/**
 * A gateway's schema: its own orders, each with the ticket of Daypass that it came from. `sdl` is
 * the answer of Daypass at /schema.graphql, of which only the type Ticket is shown here.
 */
export function gatewaySchema({ sdl, orders, execute }) {
  const daypass = buildSchema(sdl);
  const own = buildSchema('type Query { orders: [Order!]! } type Order { number: Int! }');
  const schema = extendSchema(
    own,
    parse(`type DaypassTicket { id: ID! subject: String! }
      extend type Order { ticket: DaypassTicket }`),
  );
  // The types agree with those of Daypass, or the gateway does not start.
  const fields = daypass.getType('Ticket').getFields();
  for (const [name, { type }] of Object.entries(schema.getType('DaypassTicket').getFields())) {
    if (String(fields[name]?.type) !== String(type)) throw new Error(`Ticket.${name} has changed.`);
  }
  const ticketOf = ticketsOfDaypass(execute);
  schema.getQueryType().getFields().orders.resolve = () => orders;
  schema.getType('Order').getFields().ticket.resolve = ({ ticketId }) => ticketOf(ticketId);
  return schema;
}
