import {
  getNamedType,
  isAbstractType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
} from 'graphql';
import { buildApiSchema } from '../../src/server/schema';
import { addClients, addTickets, send } from '../support/catalogue';
import { openTestSite, type Desk, type Person, type TestSite } from '../support/desk';
import { wideLimits } from '../support/service';

/*
 * Every path of the graph to a ticket, a client or another agent, found in the schema itself, is asked
 * by an occasional agent without a pass: none of them may answer one. An admin asks the same, so that
 * the paths are seen to lead somewhere.
 */

const gated = ['Ticket', 'Client', 'Agent'];
/** Of these one's own is none: whoever is not in comes no further. */
const sealed = ['Ticket', 'Client'];
const depthMax = 4;

let site: TestSite;
let desk: Desk;
let outsider: Person;
let ids: Record<string, string>;

beforeAll(async () => {
  site = await openTestSite(wideLimits);
  desk = await site.openDesk({ agents: 2, passes: 20, timeZone: 'UTC' });
  await addClients(desk, 'acme');
  const [first, second] = desk.agents as [Person, Person];
  const [address] = await desk.sql<{ email: string }>(
    'select email from agents where account_id = $1 and id = $2',
    [second.id],
  );
  await addTickets(desk, 3, () => ({
    clientExternalId: 'acme',
    assigneeEmail: address!.email,
    requesterEmail: 'person@desk.example',
  }));
  // The wallet of a client, so that the path through a wallet leads to one.
  await desk.sql(
    `insert into wallets (account_id, id, name, client_id, last_hash, created_at)
     select $1, gen_random_uuid(), 'For Acme', c.id, w.last_hash, w.created_at
     from clients c join wallets w on w.account_id = c.account_id where c.account_id = $1`,
  );
  await desk.add(5, {
    walletId: await nodeIdOf('wallets', 'DayPassWallet', 'client_id is not null'),
  });
  outsider = first;
  for (const agent of [first, second]) {
    await desk.proceed(agent, await desk.tokenFor(agent, { ticketExternalId: 'T1' }));
  }
  const [pass] = await desk.sql<{ expires_at: Date }>(
    'select max(expires_at) as expires_at from consumptions where account_id = $1',
  );
  await desk.moveClockTo(pass!.expires_at.toISOString(), 1_000);
  ids = {
    Ticket: await nodeIdOf('tickets', 'Ticket'),
    Client: await nodeIdOf('clients', 'Client'),
    Agent: await nodeIdOf('agents', 'Agent', `id = '${second.id}'`),
    DayPassWallet: await nodeIdOf('wallets', 'DayPassWallet', 'client_id is not null'),
    DayPassConsumption: await nodeIdOf(
      'consumptions',
      'DayPassConsumption',
      `agent_id = '${first.id}'`,
    ),
    Other: await nodeIdOf('consumptions', 'DayPassConsumption', `agent_id = '${second.id}'`),
    TicketReference: await nodeIdOf('tickets', 'TicketReference'),
    DayPassEvent: await nodeIdOf('journal_entries', 'DayPassEvent', `kind = 'DayPassConsumed'`),
  };
});
afterAll(() => site.close());

async function nodeIdOf(table: string, type: string, where = 'true'): Promise<string> {
  const [row] = await desk.sql<{ id: string }>(
    `select id from ${table} where account_id = $1 and ${where} order by id limit 1`,
  );
  return Buffer.from(`${type}:${row!.id}`).toString('base64url');
}

const schema = buildApiSchema();

/** Operations that lead from a root to a gated type, with what to look for at their ends. */
function operations(): { text: string; path: string }[] {
  const roots = Object.values(schema.getQueryType()!.getFields());
  return roots.flatMap((root) =>
    argumentsOf(root).flatMap((given) =>
      selections(root, 1).map(({ text, path }) => ({
        text: `{ ${root.name}${given}${text} }`,
        path: `${root.name}${path}`,
      })),
    ),
  );
}

/** The arguments to ask a field with: none, or each way of naming something. */
function argumentsOf(field: GraphQLField<unknown, unknown>): string[] {
  const known: Record<string, string[]> = {
    // `nodes` is asked for every id; here one is enough.
    node: [`(id: "${ids.Ticket}")`],
    nodes: [`(ids: ${JSON.stringify(Object.values(ids))})`],
    agent: [`(id: "${ids.Agent}")`],
    ticket: [`(id: "${ids.Ticket}")`, '(externalId: "T1")'],
    dayPassWallet: ['', `(id: "${ids.DayPassWallet}")`],
    dayPassUsage: ['(from: "2026-01-01", to: "2026-01-02")'],
  };
  return known[field.name] ?? [''];
}

function selections(
  field: GraphQLField<unknown, unknown>,
  depth: number,
): { text: string; path: string }[] {
  const type = getNamedType(field.type);
  if (field.args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)) {
    if (depth > 1) return [];
  }
  return typesOf(type).flatMap((concrete) => {
    if (!isObjectType(concrete)) return [];
    const open = isAbstractType(type) ? `... on ${concrete.name} ` : '';
    const wrap = (inner: string) => (open ? ` { ${open}{ ${inner} } }` : ` { ${inner} }`);
    const here = gated.includes(concrete.name)
      ? [{ text: wrap('__typename id'), path: ` > ${concrete.name}` }]
      : [];
    // Behind a ticket or a client there is nothing to see for whoever may not see these.
    if (depth >= depthMax || sealed.includes(concrete.name)) return here;
    // What only structures a list is no step of its own.
    const step = /(?:Connection|Edge)$/.test(concrete.name) ? 0 : 1;
    const deeper = Object.values(concrete.getFields()).flatMap((next) =>
      selections(next, depth + step).map(({ text, path }) => ({
        text: wrap(`${next.name}${text}`),
        path: ` > ${concrete.name}.${next.name}${path}`,
      })),
    );
    return [...here, ...deeper];
  });
}

function typesOf(type: GraphQLNamedType): readonly GraphQLNamedType[] {
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return [type];
}

/** The gated objects in an answer, but one's own agent. */
function gatedIn(value: unknown, own: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.values(value).flatMap((part) => gatedIn(part, own));
  const { __typename: type, id } = value as { __typename?: string; id?: string };
  return type && gated.includes(type) && id !== own ? [`${type} ${id}`, ...found] : found;
}

test('no path answers gated data to an occasional agent without a pass', async () => {
  const asked = operations();
  expect(asked.length).toBeGreaterThan(300);
  const own = Buffer.from(`Agent:${outsider.id}`).toString('base64url');
  const leaks: string[] = [];
  const reached = new Set<string>();
  // Many paths in one request, as many as its bound on tokens lets through.
  const batch = 60;
  for (let at = 0; at < asked.length; at += batch) {
    const some = asked.slice(at, at + batch);
    const text = `{ ${some.map(({ text: one }, index) => `p${index}: ${one.slice(2, -2)}`).join(' ')} }`;
    const shut = await send(desk, outsider.bearer, text);
    const open = await send(desk, desk.admin.bearer, text);
    if (!shut.data || !open.data) throw new Error(JSON.stringify([shut.errors[0], text]));
    some.forEach(({ path }, index) => {
      if (gatedIn(shut.data![`p${index}`], own).length > 0) leaks.push(path);
      for (const found of gatedIn(open.data![`p${index}`], '')) reached.add(found.split(' ')[0]!);
      if (gatedIn(open.data![`p${index}`], '').length > 0) reached.add(path);
    });
  }
  expect(leaks).toEqual([]);
  expect([...reached]).toEqual(expect.arrayContaining(gated));
  expect(reached.size).toBeGreaterThan(100);
});
