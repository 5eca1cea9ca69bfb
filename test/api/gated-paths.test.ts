import { isObjectType } from 'graphql';
import { buildApiSchema } from '../../src/server/operation/schema';
import { ChangeAgentDocument, ConvertDocument } from '../generated/operations';
import { openTestSite, type Person, type TestSite } from '../support/desk/desk';
import { openDoors, walkersLimits, type WalkedDoor } from '../support/schema/walked-doors';
import {
  encodeNodeId,
  nodeRows,
  openFilledDesk,
  type FilledDesk,
} from '../support/desk/filled-desk';
import { literalOf, valuesOf, type OwnValues } from '../support/schema/schema-inputs';
import type { Found, RootArguments } from '../support/schema/schema-paths';
import { act } from '../support/desk/streams';
import { longTest, size } from '../support/size';
import { leaksOf, walkPaths } from '../support/schema/walk-paths';

/*
 * Follows every path of the graph of up to five fields, found in the schema, for people without
 * access: an occasional agent without a pass, an occasional admin without one, a contact; and for
 * an agent with access but without the section. A type is gated unless it is in the list of what
 * such a person may see, so a new type counts as gated until somebody lists it.
 */

const schema = buildApiSchema();
const lengthMax = 5;

/** Data of nobody, or the reader's own: everybody in the account may see it. */
const ofAnyone =
  /^(?:Account|Viewer|UserError|Money|PageInfo|Zone|DayPassPrice|PortalAccess\w+|TicketReference\w*|\w+Payload)$/;
const ofAgents =
  /^(?:DayPass(?:Wallet|WalletChange|Required|Confirmation|Consent)|Notification(?:Connection|Edge|Setting|sState)?)$/;
/** What an agent may see of itself; its lists are refused to others by their content. */
const ofOneself = /^(?:Agent|DayPassConsumption|DayPassExpired)$/;
const listsOfOneself =
  /^(?:(?:DayPassConsumption|AgentConversion)(?:Connection|Edge)|AgentConversion)$/;
/**
 * A conversion does not name its agent: test/passes/conversions.test.ts checks that others' are
 * refused.
 */
const ofPeopleWhoAreIn = /^(?:Agent|AgentConversion|DayPassConsumption)(?:Connection|Edge)?$/;

let site: TestSite;
let filled: FilledDesk;
let doors: WalkedDoor[];
let closeDoors: () => Promise<void>;
let outAdmin: Person;
let sectionless: Person;
let contact: Person;
let argumentsOf: RootArguments;
const ids: Record<string, string> = {};

beforeAll(async () => {
  site = await openTestSite(walkersLimits);
  filled = await openFilledDesk(site, 'heron');
  const { desk } = filled;
  [outAdmin] = (await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }])) as [Person];
  sectionless = filled.another;
  const agentId = encodeNodeId('Agent', sectionless.id);
  await act(desk, ConvertDocument, { input: { agentId, type: 'FULL_TIME' } });
  await act(desk, ChangeAgentDocument, { input: { agentId, sections: ['REPORTS'] } });
  contact = { id: '', bearer: await desk.bearer(null) };
  for (const type of Object.keys(nodeRows)) ids[type] = (await filled.idsOf(type))[0]!;
  ids.Agent = encodeNodeId('Agent', filled.insider.id);
  ids.DayPassWallet = (await filled.idsOf('DayPassWallet'))[1]!;
  argumentsOf = await rootArguments();
  ({ doors, close: closeDoors } = openDoors(site.service.url));
});

afterAll(async () => {
  await closeDoors();
  await site.close();
});

/** What mutations are given: what was done before, so that it is answered again and not done again. */
const own: OwnValues = {
  id: (type) => ids[type]!,
  text: ({ name }) => {
    if (name === 'confirmationToken') return filled.spentToken;
    return filled.nameOf(name === 'idempotencyKey' ? 'key' : 'ticket', 0);
  },
};

/** Public ids of an agent, its passes and its passes' ends. */
async function idsOfOneself(person: Person): Promise<Set<string>> {
  const rows = await filled.desk.sql<{ type: string; id: string }>(
    `select 'Agent' as type, id from agents where account_id = $1 and id = $2
     union all select 'DayPassConsumption', id from consumptions
       where account_id = $1 and agent_id = $2
     union all select 'DayPassEvent', id from journal_entries
       where account_id = $1 and agent_id = $2 and kind = 'DayPassExpired'`,
    [person.id],
  );
  return new Set(rows.map(({ type, id }) => encodeNodeId(type, id)));
}

/** The arguments of the root fields: those that lead to the most data. */
async function rootArguments(): Promise<RootArguments> {
  const nodes = [
    ...Object.values(ids),
    ...(await idsOfEvents()),
    ...(await idsOfOneself(filled.outsider)),
  ];
  const after = `(after: "${filled.genesis}")`;
  const ways: Record<string, string[]> = {
    'query node': nodes.map((id) => `(id: "${id}")`),
    'query nodes': [`(ids: ${JSON.stringify(nodes)})`],
    'query agent': [`(id: "${ids.Agent!}")`, `(email: "${filled.nameOf('email', 1)}")`],
    'query ticket': [`(id: "${ids.Ticket!}")`, `(externalId: "${filled.nameOf('ticket', 0)}")`],
    'query dayPassWallet': ['', `(id: "${ids.DayPassWallet!}")`],
    'subscription dayPassEvents': [after],
    'subscription dayPassExpired': [after],
    'subscription dayPassWalletChanged': ['', after],
  };
  return ({ name, args }, operation) => {
    const root = `${operation} ${name}`;
    if (ways[root]) return ways[root];
    const owner = `${operation[0]!.toUpperCase()}${operation.slice(1)}.${name}`;
    const values = valuesOf(schema, args, own, { owner, path: [] });
    const given = args.filter((arg) => arg.name in values);
    const written = given.map((arg) => `${arg.name}: ${literalOf(values[arg.name], arg.type)}`);
    return [written.length > 0 ? `(${written.join(', ')})` : ''];
  };
}

/** One event of each kind for each agent. */
async function idsOfEvents(): Promise<string[]> {
  const rows = await filled.desk.sql<{ id: string }>(
    'select min(id::text) as id from journal_entries where account_id = $1 group by kind, agent_id',
  );
  return rows.map(({ id }) => encodeNodeId('DayPassEvent', id));
}

/** The short run walks on from so many objects of each type, on the shortest ways to them. */
const ofEachType = size(1, Infinity);

const walk = (person: Person, bounds: { longest?: number; ofEachType?: number } = {}) =>
  walkPaths({ schema, doors, argumentsOf, longest: lengthMax, ofEachType, ...bounds }, person);

/** Whether something is that person's own. */
async function ownOf(person: Person): Promise<(found: Found) => boolean> {
  const ids = await idsOfOneself(person);
  return ({ type, id }) => (ofOneself.test(type) && ids.has(id!)) || listsOfOneself.test(type);
}
const isOfAgents = ({ type }: Found) => ofAnyone.test(type) || ofAgents.test(type);

test('an occasional agent without a pass is shown nothing gated', async () => {
  const isOwn = await ownOf(filled.outsider);
  const walked = await walk(filled.outsider);
  expect(leaksOf(walked, (found) => isOfAgents(found) || isOwn(found))).toEqual([]);
  expect(walked.walked).toBeGreaterThan(20_000);
  expect(walked.asked).toBeGreaterThan(500);
  // It reaches something: its own pass again, by the token that was used for it.
  expect(walked.seen.map(({ path }) => path.name)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^mutation consumeDayPass > .* > DayPassConsumption$/),
    ]),
  );
});

longTest(
  'an occasional admin without a pass also sees terms and purchases, and nothing else',
  async () => {
    const isOwn = await ownOf(outAdmin);
    const walked = await walk(outAdmin);
    const isOfTheBooks = ({ type }: Found) =>
      /^(?:DayPass(?:Purchase|Order|Payment)|AccountBilling|Invoice|DayPassQuote|DayPassTier|TaxLine)/.test(
        type,
      );
    const mayRead = (found: Found) => isOfAgents(found) || isOwn(found) || isOfTheBooks(found);
    expect(leaksOf(walked, mayRead)).toEqual([]);
    expect(walked.seen.some(({ found }) => found.type === 'DayPassPurchase')).toBe(true);
  },
);

test('a contact sees references of tickets and nothing behind them', async () => {
  const walked = await walk(contact);
  expect(leaksOf(walked, ({ type }) => ofAnyone.test(type))).toEqual([]);
  expect(walked.walked).toBeGreaterThan(20_000);
  expect(walked.seen.some(({ found }) => found.type === 'TicketReference')).toBe(true);
});

longTest(
  'an agent with access but without the section sees no ticket, no client and no event',
  async () => {
    const isOwn = await ownOf(sectionless);
    const walked = await walk(sectionless);
    const mayRead = (found: Found) =>
      isOfAgents(found) || isOwn(found) || ofPeopleWhoAreIn.test(found.type);
    expect(leaksOf(walked, mayRead)).toEqual([]);
    expect(walked.seen.some(({ found }) => found.type === 'AgentEdge')).toBe(true);
  },
);

test('the paths lead to everything that is gated: an admin with access reaches it', async () => {
  const { seen } = await walk(filled.desk.admin, { longest: 3, ofEachType: size(4, Infinity) });
  const reached = seen.map(({ found }) => found.type);
  const gated = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !/^__|^(?:Query|Mutation|Subscription)$/.test(type.name)
      ? [type.name]
      : [],
  );
  const missed = gated.filter(
    (name) => !ofAnyone.test(name) && !ofAgents.test(name) && !reached.includes(name),
  );
  expect(missed).toEqual([]);
});
