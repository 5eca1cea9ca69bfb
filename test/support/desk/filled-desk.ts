import { isObjectType, type GraphQLSchema } from 'graphql';
import { sendInvitation } from '../../../src/agents/send-invitation';
import { newId } from '../../../src/core/ids';
import { DevInbox } from '../../../src/mail/dev-inbox';
import { grantPasses } from '../../../src/operator/grant-passes';
import {
  BuyDocument,
  ChangeAgentDocument,
  ConvertDocument,
  ReplyDocument,
  SetChannelDocument,
  SetIdentityProviderDocument,
  TakeBackDocument,
} from '../../generated/operations';
import { addClients, ticketInput, upsertTickets } from './catalogue';
import { comesToRest } from './at-rest';
import type { Desk, Person, TestSite } from './desk';
import { invite } from './invitations';
import { addAgentKey, addKey } from './keys';
import { becomeOperator } from './operator';
import { enterSeller } from './invoices';
import { cancelOf, paymentOf } from './orders';
import { words } from '../schema/schema-inputs';
import { size } from '../size';
import { act, advanceTo } from './streams';
import { appendUnknownEntry } from './unknown-entry';

/** Where the rows are that an id of each type names. `$1` is the account. */
export const nodeRows: Record<string, string> = {
  Account: 'select id from accounts where id = $1',
  Agent: 'select id from agents where account_id = $1',
  Client: 'select id from clients where account_id = $1',
  Ticket: 'select id from tickets where account_id = $1',
  TicketReply: 'select id from ticket_replies where account_id = $1',
  TicketReference: 'select id from tickets where account_id = $1',
  DayPassWallet: 'select id from wallets where account_id = $1',
  DayPassConsumption: 'select id from consumptions where account_id = $1',
  DayPassPurchase: 'select id from purchases where account_id = $1',
  DayPassOrder: 'select id from orders where account_id = $1',
  Invoice: 'select id from invoices where account_id = $1',
  DayPassEvent: 'select id from journal_entries where account_id = $1',
  ApiKey: 'select id from api_keys where account_id = $1',
  AuditEvent: 'select id from audit_events where account_id = $1',
  IdentityProvider: 'select id from identity_providers where account_id = $1',
  WebhookEndpoint: 'select id from webhook_endpoints where account_id = $1',
  // Those that an admin sees.
  Notification: 'select id from notices where account_id = $1 and agent_id is null',
  NoticeChannel: 'select id from notice_channels where account_id = $1',
};

/** The type that a node's id names: all kinds of event have ids of one. */
export function nodeTypeOf(schema: GraphQLSchema, type: string): string {
  const object = schema.getType(type);
  const isEvent =
    isObjectType(object) && object.getInterfaces().some(({ name }) => name === 'DayPassEvent');
  const named = isEvent ? 'DayPassEvent' : type;
  if (named in nodeRows) return named;
  throw new Error(`Say in test/support/desk/filled-desk.ts where the rows of ${type} are.`);
}

export const encodeNodeId = (type: string, id: string) =>
  Buffer.from(`${type}:${id}`).toString('base64url');

/** So many of each kind that every argument under test can name another, at each of its doors. */
export const howMany = {
  client: size(25, 100),
  ticket: size(25, 100),
  email: size(20, 60),
  key: size(4, 20),
  issuer: 4,
};

/** An account with something of everything in it. All that it is called has `mark` in it. */
export interface FilledDesk {
  desk: Desk;
  mark: string;
  /** Occasional, without a pass: it had one, for a ticket of a client, which has ended. */
  outsider: Person;
  /** Occasional, and in. */
  insider: Person;
  /** As the outsider, by the portal. */
  another: Person;
  /** The token with which the outsider's pass was used. */
  spentToken: string;
  /** The journal's beginning, as a cursor. */
  genesis: string;
  /** Named by the place in its list. */
  nameOf(kind: keyof typeof howMany, at: number): string;
  /** The public ids of a type's rows, in the order in which they were made. */
  idsOf(type: string): Promise<string[]>;
}

export async function openFilledDesk(site: TestSite, mark: string): Promise<FilledDesk> {
  const desk = await site.openDesk({ agents: 0, lowBalanceThreshold: 1 });
  const nameOf: FilledDesk['nameOf'] = (kind, at) =>
    kind === 'email'
      ? `${mark}-${at}@desk.example`
      : kind === 'issuer'
        ? `https://login.msp.example/${mark}-${at}`
        : `${mark}-${kind}-${at}`;
  const names = (kind: 'client' | 'ticket') =>
    Array.from({ length: howMany[kind] }, (_, at) => nameOf(kind, at));
  const genesis = await cursorOf(desk);

  const people = await desk.addAgents(
    Array.from({ length: howMany.email }, (_, at) => ({
      name: `${mark} ${at}`,
      email: nameOf('email', at),
    })),
  );
  const [outsider, insider, third, another] = people as [Person, Person, Person, Person];
  desk.agents = people;
  // Whose tickets an agent requested is asked of the agent, not of the bearer.
  await desk.sql('update agents set email = $3 where account_id = $1 and id = $2', [
    desk.admin.id,
    'person@desk.example',
  ]);
  await addClients(desk, ...names('client'));
  await upsertTickets(
    desk,
    names('ticket').map((externalId) =>
      ticketInput(externalId, {
        clientExternalId: nameOf('client', 0),
        assigneeEmail: nameOf('email', 1),
        requesterEmail: 'person@desk.example',
      }),
    ),
  );
  await addCredentials(desk, insider, { mark, nameOf });
  const spentToken = await moveEverything(desk, { outsider, insider, third, another }, nameOf);
  await comesToRest(desk);
  await desk.sql('insert into notice_settings (account_id, agent_id) values ($1, $2)', [
    desk.admin.id,
  ]);
  return {
    desk,
    mark,
    outsider,
    insider,
    another,
    spentToken,
    genesis,
    nameOf,
    async idsOf(type) {
      const rows = await desk.sql<{ id: string }>(`${nodeRows[type]} order by id`);
      return rows.map(({ id }) => encodeNodeId(type, id));
    },
  };
}

/** Lets every kind of event happen; answers the token of the outsider's pass, which has ended. */
async function moveEverything(
  desk: Desk,
  people: Record<'outsider' | 'insider' | 'third' | 'another', Person>,
  nameOf: FilledDesk['nameOf'],
): Promise<string> {
  const { outsider, insider, third, another } = people;
  for (const type of ['FULL_TIME', 'OCCASIONAL'] as const) {
    const agentId = encodeNodeId('Agent', outsider.id);
    await act(desk, ConvertDocument, { input: { agentId, type } });
  }
  const walletId = await addClientWallet(desk);
  await desk.add(9, { walletId });
  // Two passes: the wallet is low, then empty, and one comes back.
  await desk.add(2);
  await desk.enter(insider);
  const { consumption } = await desk.enter(third);
  await act(desk, TakeBackDocument, {
    input: { consumptionId: consumption.id, reason: 'For a test' },
  });
  await addPrice(desk);
  await addBilling(desk);
  // One is deleted by a walk.
  for (let at = 0; at < 2; at += 1) await addWebhook(desk);
  for (let at = 0; at < 2; at += 1) await addChannel(desk);
  for (let at = 0; at < howMany.key; at += 1) {
    await desk.add(1, { idempotencyKey: nameOf('key', at) });
    const input = { quantity: 1, idempotencyKey: nameOf('key', at) };
    await act(desk, BuyDocument, { input });
  }
  await addOrders(desk, nameOf('key', 0));
  await addReplies(desk, nameOf);
  await desk.enter(another);
  const spentToken = await desk.tokenFor(outsider, { ticketExternalId: nameOf('ticket', 0) });
  const taken = await desk.proceed(outsider, spentToken);
  const { expiresAt } = taken.consumption!;
  await desk.add(1, { expiresAt: new Date(Date.parse(expiresAt) - 1_000).toISOString() });
  await advanceTo(desk, Date.parse(expiresAt) + 1_000);
  await desk.enter(insider);
  await grantAsOperator(desk);
  await appendUnknownEntry(desk);
  return spentToken;
}

/** An entry and an act of the operator's. */
async function grantAsOperator(desk: Desk): Promise<void> {
  const operator = becomeOperator(desk.site);
  await grantPasses(operator.on, {
    account: desk.slug,
    quantity: 1,
    reason: 'Goodwill',
    expires: null,
    idempotencyKey: newId(),
  });
  await operator.close();
}

/** An order on terms with its invoice and a payment, and one that was canceled before its payment. */
async function addOrders(desk: Desk, mark: string): Promise<void> {
  await enterSeller(desk.site.source);
  await desk.site.source.query(
    `insert into tax_rates (country, valid_from, category, basis_points, changed_at, changed_by)
     values ('DE', '2020-01-01', 'S', 1900, now(), 'a test') on conflict do nothing`,
  );
  const operator = becomeOperator(desk.site);
  const { ledger } = operator.on;
  for (const creditFirst of [true, false]) {
    await desk.sql(
      `update accounts set billing_mode = 'BILLED', terms_days = 30, credit_first = $2
       where id = $1`,
      [creditFirst],
    );
    const input = { quantity: 1, idempotencyKey: `${mark} order ${creditFirst}` };
    await act(desk, BuyDocument, { input });
  }
  const [paid, canceled] = await desk.sql<{ id: string }>(
    'select id from orders where account_id = $1 order by place',
  );
  const { accountId } = desk;
  await ledger.submit(accountId, paymentOf({ id: newId(), orderId: paid!.id }));
  await ledger.submit(accountId, { ...cancelOf(canceled!.id), id: newId() });
  await desk.sql(
    `update accounts set billing_mode = 'UNBILLED', seat_price_minor = 3600 where id = $1`,
  );
  await operator.close();
}

/** On the ticket that was written first; the first reply is the one that walks send again. */
async function addReplies(desk: Desk, nameOf: FilledDesk['nameOf']): Promise<void> {
  const [first] = await desk.sql<{ id: string }>(`${nodeRows.Ticket} order by id limit 1`);
  const ticketId = encodeNodeId('Ticket', first!.id);
  for (let at = 0; at < howMany.key; at += 1) {
    const idempotencyKey = nameOf('key', at);
    const body = at === 0 ? words.body! : `${idempotencyKey} was looked at`;
    const input = { ticketId, body, idempotencyKey };
    await act(desk, ReplyDocument, { input });
  }
}

/** A wallet of the first client. */
async function addClientWallet(desk: Desk): Promise<string> {
  const id = newId();
  await desk.sql(
    `insert into wallets (account_id, id, name, client_id, last_hash, created_at)
     select $1, $2, 'Of a client', c.id, w.last_hash, w.created_at
     from clients c join wallets w on w.account_id = c.account_id
     where c.account_id = $1 order by c.external_id limit 1`,
    [id],
  );
  return encodeNodeId('DayPassWallet', id);
}

/** Keys, identity providers with a sign-in, an open invitation; and the acts with them. */
async function addCredentials(
  desk: Desk,
  insider: Person,
  { mark, nameOf }: Pick<FilledDesk, 'mark' | 'nameOf'>,
): Promise<void> {
  await addKey(desk, { name: `${mark} export` });
  await addAgentKey(desk, insider, { name: `${mark} script` });
  for (let at = 0; at < howMany.issuer; at += 1) {
    const input = { issuer: nameOf('issuer', at), clientId: mark };
    await act(desk, SetIdentityProviderDocument, { input });
  }
  await desk.sql(
    `insert into provider_documents
       (account_id, provider_id, keys, authorization_endpoint, token_endpoint, fetched_at)
     select account_id, id, '{"keys":[]}', issuer || '/authorize', issuer || '/token', now()
     from identity_providers where account_id = $1`,
  );
  await desk.sql(
    `insert into agent_identities (account_id, provider_id, subject, agent_id, linked_at)
     select account_id, id, $2, $3, now() from identity_providers where account_id = $1`,
    [mark, insider.id],
  );
  const agentId = encodeNodeId('Agent', insider.id);
  await act(desk, ChangeAgentDocument, { input: { agentId, sections: ['TICKETS', 'REPORTS'] } });
  await invite(desk, { name: `${mark} invited`, email: `${mark}-invited@desk.example` });
  const { source, secrets } = desk.site;
  const [open] = await desk.sql<{ id: string }>('select id from invitations where account_id = $1');
  await sendInvitation(
    {
      source,
      mailer: new DevInbox(source),
      activationKey: secrets.activation,
      publicUrl: desk.site.service.url,
    },
    { accountId: desk.accountId, invitationId: open!.id },
  );
}

async function addPrice(desk: Desk): Promise<void> {
  await desk.sql(
    `insert into day_pass_prices (plan, currency, minimum_quantity, unit_price_minor, valid_from,
       example)
     select plan, currency, quantity, 1250, now() - interval '1 day', false
     from accounts, unnest(array[1, 1000]) as quantity where id = $1`,
  );
}

async function addBilling(desk: Desk): Promise<void> {
  const buyer = {
    name: `Buyer ${desk.slug}`,
    addressLines: ['Test Road 1'],
    city: 'Testville',
    country: 'DE',
  };
  await desk.sql(
    `insert into billing (account_id, buyer, billing_email) values ($1, $2, 'bills@desk.example')`,
    [JSON.stringify(buyer)],
  );
}

/** A paused endpoint, so that nothing moves it, with a failure. */
async function addWebhook(desk: Desk): Promise<void> {
  const id = newId();
  await desk.sql(
    `insert into webhook_endpoints
       (account_id, id, url, description, kinds, state, sequence, failures, created_at)
     values ($1, $2, $3, $4, '{}', 'PAUSED', 1, 1, clock_timestamp())`,
    [id, `https://hooks.example/${desk.slug}`, `Of ${desk.slug}`],
  );
  await desk.sql(
    `insert into webhook_tries (account_id, id, endpoint_id, sequence, kind, tried_at, delivered,
       milliseconds, error, replay)
     values ($1, $2, $2, 2, 'DayPassConsumed', clock_timestamp(), false, 7, $3, false)`,
    [id, `no answer from ${desk.slug}`],
  );
}

/** A channel that wants no notices, at a host that does not exist. */
async function addChannel(desk: Desk): Promise<void> {
  const url = 'https://no.invalid.api.powerplatform.com/x';
  const input = { kind: 'TEAMS' as const, name: `Of ${desk.slug}`, url, notices: [] };
  await act(desk, SetChannelDocument, { input });
}

async function cursorOf(desk: Desk): Promise<string> {
  const response = await fetch(`${desk.site.service.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.admin.bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ account { journalCursor } }' }),
  });
  const { data } = (await response.json()) as { data: { account: { journalCursor: string } } };
  return data.account.journalCursor;
}
