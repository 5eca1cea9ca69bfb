import { graphql } from 'graphql';
import { gatewaySchema } from '../../../examples/gateway/schema.mjs';

/* A gateway in front of the service at a URL: joins orders with tickets, and prints what it answers. */

const [url, bearer, ticketIds] = process.argv.slice(2);
let asked = 0;

async function execute(question) {
  asked += 1;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify(question),
  });
  return response.json();
}

const sdl = await (await fetch(`${url}/schema.graphql`)).text();
const orders = JSON.parse(ticketIds).map((ticketId, number) => ({ number, ticketId }));
const schema = gatewaySchema({ sdl, orders, execute });
const source = '{ orders { number ticket { id subject } } }';
process.stdout.write(JSON.stringify({ ...(await graphql({ schema, source })), asked }));
