import { UpsertClientsDocument, UpsertTicketsDocument } from '../../generated/operations';
import type { UpsertTicketInput } from '../../generated/operations';
import { dataOf, type Desk, type Person } from './desk';

/** A ticket of the service desk; what matters is given. */
export function ticketInput(
  externalId: string,
  ticket: Partial<UpsertTicketInput> = {},
): UpsertTicketInput {
  return {
    externalId,
    subject: `About ${externalId}`,
    requesterName: 'Rita Quester',
    requesterEmail: 'rita@customer.example',
    ...ticket,
  };
}

export async function upsertTickets(
  desk: Desk,
  tickets: UpsertTicketInput[],
  person: Person = desk.admin,
) {
  const answer = await desk.site.service.request(UpsertTicketsDocument, {
    token: person.bearer,
    variables: { tickets },
  });
  return dataOf(answer).upsertTickets!;
}

/** Clients named by their external ids; answers their public ids. */
export async function addClients(desk: Desk, ...externalIds: string[]): Promise<string[]> {
  const answer = await desk.site.service.request(UpsertClientsDocument, {
    token: desk.admin.bearer,
    variables: {
      clients: externalIds.map((externalId) => ({ externalId, name: `Client ${externalId}` })),
    },
  });
  return dataOf(answer).upsertClients!.clients!.map((client) => client.id);
}

/** So many tickets, named by their external ids T1, T2, …; answers them. */
export async function addTickets(
  desk: Desk,
  count: number,
  ticket: (at: number) => Partial<UpsertTicketInput> = () => ({}),
) {
  const inputs = Array.from({ length: count }, (_, at) => ticketInput(`T${at + 1}`, ticket(at)));
  const { tickets } = await upsertTickets(desk, inputs);
  return tickets!;
}

/** A raw operation, for texts that are made from the schema while the test runs. */
export async function send(
  desk: Desk,
  bearer: string | null,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<{
  data: Record<string, unknown> | null;
  errors: { path?: (string | number)[]; extensions: { code: string } }[];
}> {
  const response = await fetch(`${desk.site.service.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as {
    data?: Record<string, unknown> | null;
    errors?: never[];
  };
  return { data: body.data ?? null, errors: body.errors ?? [] };
}

/** The code of the first error of a raw operation; null if it had none. */
export async function codeOf(
  desk: Desk,
  bearer: string | null,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<string | null> {
  const { errors } = await send(desk, bearer, query, variables);
  return errors[0]?.extensions.code ?? null;
}
