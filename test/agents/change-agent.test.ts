import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { nodeId, parseNodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import {
  ChangeAgentDocument,
  ConvertDocument,
  DeactivateDocument,
  DeleteAgentDocument,
  ReactivateDocument,
  TicketReferencesDocument,
  UpdateTicketDocument,
} from '../generated/operations';
import { activate, invite, jobsOf, linkToken } from '../support/desk/invitations';
import { addTickets } from '../support/desk/catalogue';
import {
  faultCodeOf,
  openTestSite,
  type Desk,
  type Person,
  type TestSite,
} from '../support/desk/desk';
import { act, advanceTo, agentNode } from '../support/desk/streams';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

const update = async (desk: Desk, person: Person, change: object, as?: Person) => {
  const input = { agentId: agentNode(person), ...change };
  return (await act(desk, ChangeAgentDocument, { input }, { person: as })).updateAgent!;
};
const convert = async (desk: Desk, person: Person, type: 'FULL_TIME' | 'OCCASIONAL') =>
  (await act(desk, ConvertDocument, { input: { agentId: agentNode(person), type } })).convertAgent!;
const deactivate = async (desk: Desk, person: Person, openTickets: object = {}) => {
  const input = { agentId: agentNode(person), ...openTickets };
  return (await act(desk, DeactivateDocument, { input })).deactivateAgent!;
};
const reactivate = async (desk: Desk, person: Person) =>
  (await act(desk, ReactivateDocument, { input: { agentId: agentNode(person) } })).reactivateAgent!;

/** Active full-time admins of the account. */
async function lastingAdmins(desk: Desk): Promise<number> {
  const rows = await desk.sql(
    `select 1 from agents where account_id = $1 and status = 'ACTIVE' and type = 'FULL_TIME'
       and role = 'ACCOUNT_ADMIN'`,
  );
  return rows.length;
}

describe('updating an agent', () => {
  test('changes what is given and leaves the rest', async () => {
    const desk = await site.openDesk();
    const before = (await update(desk, desk.agent, {})).agent!;
    const { agent } = await update(desk, desk.agent, { name: 'Noor', timeZone: 'Asia/Tokyo' });
    expect(agent).toEqual({ ...before, name: 'Noor', timeZone: 'Asia/Tokyo' });
    const nulls = { name: null, timeZone: null, role: null, sections: null };
    expect((await update(desk, desk.agent, nulls)).agent).toEqual(agent);
    const sections = ['ASSETS', 'REPORTS'];
    expect((await update(desk, desk.agent, { sections, role: 'ACCOUNT_ADMIN' })).agent).toEqual({
      ...agent,
      sections,
      role: 'ACCOUNT_ADMIN',
    });
  });

  test('accepts a zone as a service desk exports it', async () => {
    const desk = await site.openDesk();
    const { agent } = await update(desk, desk.agent, { timeZone: 'Eastern Time (US & Canada)' });
    expect(agent?.timeZone).toBe('America/New_York');
  });

  test('refuses a name that is not valid, and an agent of another account', async () => {
    const [desk, other] = [await site.openDesk(), await site.openDesk()];
    for (const name of ['', ' ', 'x'.repeat(201), 'a\0b']) {
      const { userErrors } = await update(desk, desk.agent, { name });
      expect(userErrors).toEqual([{ code: 'VALIDATION_FAILED', field: ['name'] }]);
    }
    const notFound = [{ code: 'NOT_FOUND', field: ['agentId'] }];
    expect(await update(desk, other.agent, { name: 'Theirs' })).toEqual({
      agent: null,
      userErrors: notFound,
    });
    const nobody = { id: newId(), bearer: '' };
    expect((await update(desk, nobody, { name: 'Nobody' })).userErrors).toEqual(notFound);
  });

  test('moves the zone of an agent whose pass runs: the pass keeps its end, the next has the new one', async () => {
    const desk = await site.openDesk({ passes: 2, timeZone: 'America/Santiago' });
    const { consumption } = await desk.enter(desk.agent);
    await update(desk, desk.agent, { timeZone: 'Asia/Tokyo' });
    expect(await desk.ask(desk.agent)).toMatchObject({
      __typename: 'PortalAccessGranted',
      until: consumption.expiresAt,
    });
    await advanceTo(desk, consumption.expiresAt);
    const next = (await desk.enter(desk.agent)).consumption;
    expect(next.timeZone).toBe('Asia/Tokyo');
    await desk.expectBooksToClose();
  });

  test('makes a confirmation stale that was given for another zone', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const token = await desk.tokenFor(desk.agent);
    await update(desk, desk.agent, { timeZone: 'Asia/Tokyo' });
    expect(await desk.refusalOf(desk.agent, token)).toBe('CONFIRMATION_STALE');
  });
});

describe('changing the address of an agent', () => {
  const emailOf = async (desk: Desk, { id }: Person) => {
    const [row] = await desk.sql<{ email: string }>(
      'select email from agents where account_id = $1 and id = $2',
      [id],
    );
    return row!.email;
  };

  test('frees the old one, is audited, and has a mail sent to the old one', async () => {
    const desk = await site.openDesk();
    const [ida] = await desk.addAgents([{ email: 'ida@desk.example', name: 'Ida' }]);
    const { userErrors } = await update(desk, ida!, { email: 'Ida.Kunz@Müller.example' });
    expect(userErrors).toEqual([]);
    expect(await emailOf(desk, ida!)).toBe('ida.kunz@xn--mller-kva.example');
    expect(await jobsOf(desk)).toEqual(['send-address-changed']);
    const [audited] = await desk.sql<object>(
      `select action, before, after from audit_events where account_id = $1
         and subject_id = $2`,
      [ida!.id],
    );
    expect(audited).toEqual({
      action: 'agent.updated',
      before: { email: 'ida@desk.example' },
      after: { email: 'ida.kunz@xn--mller-kva.example' },
    });
    // The bearer token belongs to the agent, and continues.
    expect(await desk.ask(ida!)).toMatchObject({ allowed: false });
    expect((await invite(desk, { email: 'ida@desk.example' })).userErrors).toEqual([]);
    // The same address again, however it is written, is no change.
    await update(desk, ida!, { email: 'IDA.kunz@müller.example' });
    expect(await jobsOf(desk)).toEqual(['send-address-changed', 'send-invitation']);
  });

  test('is refused for an address that is in use or is not valid, and then nothing is changed', async () => {
    const desk = await site.openDesk();
    await desk.addAgents([{ email: 'gone@desk.example', status: 'DEACTIVATED' }]);
    const before = await emailOf(desk, desk.agent);
    for (const [email, code] of [
      ['GONE@desk.example', 'EMAIL_TAKEN'],
      ['semi.colon@desk.example;', 'VALIDATION_FAILED'],
    ]) {
      expect(await update(desk, desk.agent, { email, name: 'New' })).toEqual({
        agent: null,
        userErrors: [{ code, field: ['email'] }],
      });
    }
    expect(await emailOf(desk, desk.agent)).toBe(before);
    expect((await update(desk, desk.agent, { email: null })).userErrors).toEqual([]);
  });

  test('gives one address to one agent, however many want it at once', async () => {
    const desk = await site.openDesk();
    const agents = await desk.addAgents(Array.from({ length: 6 }, () => ({})));
    const answers = await Promise.all(
      agents.map((agent) => update(desk, agent, { email: 'wanted@desk.example' })),
    );
    const codes = answers.map(({ userErrors }) => userErrors[0]?.code ?? null);
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set([null, 'EMAIL_TAKEN']));
  });

  test('of an invited agent ends the link and sends a new one to the new address', async () => {
    const desk = await site.openDesk();
    const agent = (await invite(desk, { email: 'typo@desk.exmaple' })).agent!;
    const old = (await linkToken(desk, agent))!;
    const person = { id: parseNodeId(agent.id).id, bearer: '' };
    await update(desk, person, { email: 'right@desk.example' });
    expect(await activate(desk, old)).toMatchObject({
      userErrors: [{ code: 'ACTIVATION_INVALID' }],
    });
    // There was never an active agent at the old address: it gets no mail.
    expect(await jobsOf(desk)).toEqual(['send-invitation', 'send-invitation']);
    expect(await activate(desk, (await linkToken(desk, agent))!)).toEqual({
      email: 'right@desk.example',
      userErrors: [],
    });
  });

  test('changes the ticket references: a bearer token from before shows those of the new address', async () => {
    const desk = await site.openDesk();
    const [ida] = await desk.addAgents([{ email: 'ida@desk.example' }]);
    await addTickets(desk, 2, (at) => ({
      requesterEmail: ['ida@desk.example', 'kunz@desk.example'][at],
    }));
    const requested = async () => {
      const answer = await act(
        desk,
        TicketReferencesDocument,
        { relation: 'REQUESTED' },
        { person: ida },
      );
      return answer.viewer.ticketReferences!.edges.map(({ node }) => node.subject);
    };
    expect(await requested()).toEqual(['About T1']);
    await update(desk, ida!, { email: 'kunz@desk.example' });
    expect(await requested()).toEqual(['About T2']);
  });
});

describe('deleting an agent', () => {
  const remove = async (desk: Desk, agentId: string) =>
    (await act(desk, DeleteAgentDocument, { agentId })).deleteAgent!;
  const notDeletable = {
    deletedAgentId: null,
    userErrors: [{ code: 'NOT_DELETABLE', field: ['agentId'] }],
  };

  test('withdraws an invitation: link, agent and address; the audit trail stays', async () => {
    const desk = await site.openDesk();
    const agent = (await invite(desk, { email: 'wrong@desk.example' })).agent!;
    const token = (await linkToken(desk, agent))!;
    expect(await remove(desk, agent.id)).toEqual({ deletedAgentId: agent.id, userErrors: [] });
    expect(await remove(desk, agent.id)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await activate(desk, token)).toMatchObject({
      userErrors: [{ code: 'ACTIVATION_INVALID' }],
    });
    const again = (await invite(desk, { email: 'wrong@desk.example' })).agent!;
    expect(again.id).not.toBe(agent.id);
    const acts = await desk.sql<{ action: string; before: object | null }>(
      `select action, before from audit_events where account_id = $1 and subject_id = $2
       order by id`,
      [parseNodeId(agent.id).id],
    );
    expect(acts).toMatchObject([
      { action: 'agent.invited' },
      { action: 'agent.deleted', before: { email: 'wrong@desk.example', status: 'INVITED' } },
    ]);
  });

  test('is refused for an agent who was active, or to whom a ticket refers', async () => {
    const desk = await site.openDesk();
    const [gone, named] = await desk.addAgents([
      { status: 'DEACTIVATED' },
      { email: 'named@desk.example' },
    ]);
    expect(await remove(desk, agentNode(desk.agent))).toEqual(notDeletable);
    expect(await remove(desk, agentNode(gone!))).toEqual(notDeletable);
    await addTickets(desk, 1, () => ({ assigneeEmail: 'named@desk.example' }));
    // As a release stored it that gave tickets to agents who are invited.
    await desk.sql(
      `update agents set status = 'INVITED', activated_at = null where account_id = $1 and id = $2`,
      [named!.id],
    );
    expect(await remove(desk, agentNode(named!))).toEqual(notDeletable);
  });
});

describe('converting an agent', () => {
  test('reports the running pass, which runs to its end and is not given back', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const { consumption } = await desk.enter(desk.agent);
    const converted = await convert(desk, desk.agent, 'FULL_TIME');
    expect(converted).toMatchObject({
      agent: { type: 'FULL_TIME' },
      runningDayPass: { id: consumption.id, status: 'ACTIVE', expiresAt: consumption.expiresAt },
      userErrors: [],
    });
    expect(await desk.balance()).toBe(0);
    // The pass is there for an agent who becomes occasional again on the same day.
    await convert(desk, desk.agent, 'OCCASIONAL');
    expect(await desk.ask(desk.agent)).toMatchObject({ basis: 'DAY_PASS' });
    await convert(desk, desk.agent, 'FULL_TIME');
    await advanceTo(desk, consumption.expiresAt);
    expect((await desk.kinds()).at(-1)).toBe('DayPassExpired');
    expect((await convert(desk, desk.agent, 'OCCASIONAL')).runningDayPass).toBeNull();
  });

  test('uses no pass for an agent who became full-time after the pop-up', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const token = await desk.tokenFor(desk.agent);
    await convert(desk, desk.agent, 'FULL_TIME');
    expect(await desk.refusalOf(desk.agent, token)).toBe('PASS_NOT_NEEDED');
  });
});

describe('deactivating an agent', () => {
  test('shuts the agent out, pass or no pass, until the agent is active again', async () => {
    const desk = await site.openDesk({ passes: 2 });
    await desk.enter(desk.agent);
    expect((await deactivate(desk, desk.agent)).agent?.status).toBe('DEACTIVATED');
    expect(await desk.ask(desk.agent)).toMatchObject({ reason: 'AGENT_NOT_ACTIVE' });
    expect(await desk.balance()).toBe(1);
    expect((await reactivate(desk, desk.agent)).agent?.status).toBe('ACTIVE');
    expect(await desk.ask(desk.agent)).toMatchObject({ basis: 'DAY_PASS' });
  });

  test('sells no pass on a confirmation that was given before', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const token = await desk.tokenFor(desk.agent);
    await deactivate(desk, desk.agent);
    expect(await desk.refusalOf(desk.agent, token)).toBe('AGENT_NOT_ACTIVE');
  });

  test('twice answers the same', async () => {
    const desk = await site.openDesk();
    const first = await deactivate(desk, desk.agent);
    expect(await deactivate(desk, desk.agent)).toEqual(first);
  });

  test('counts the open tickets, and leaves, unassigns or reassigns them in the same act', async () => {
    const desk = await site.openDesk();
    const [leaving, successor] = await desk.addAgents([{ email: 'leaving@desk.example' }, {}]);
    const statuses = ['OPEN', 'PENDING', 'RESOLVED', 'CLOSED', 'OPEN'] as const;
    await addTickets(desk, 5, (at) => ({
      status: statuses[at],
      assigneeEmail: 'leaving@desk.example',
    }));
    const assignees = async () => {
      const rows = await desk.sql<{ assignee_id: string | null }>(
        'select assignee_id from tickets where account_id = $1 order by number',
      );
      const names = new Map([
        [leaving!.id, 'leaving'],
        [successor!.id, 'successor'],
      ]);
      return rows.map(({ assignee_id: id }) => (id === null ? null : names.get(id)));
    };
    const revisions = () =>
      desk.sql('select number, revision from tickets where account_id = $1 order by number');
    const all = (who: string | null) => [who, who, 'leaving', 'leaving', who];
    expect(await deactivate(desk, leaving!)).toMatchObject({
      agent: { status: 'DEACTIVATED' },
      openTicketCount: 3,
    });
    expect(await assignees()).toEqual(all('leaving'));
    const before = await revisions();

    // The same call again, with a choice for the tickets, does the rest.
    const to = { reassignOpenTicketsTo: agentNode(successor!) };
    expect(await deactivate(desk, leaving!, to)).toMatchObject({ openTicketCount: 3 });
    expect(await assignees()).toEqual(all('successor'));
    expect(await revisions()).not.toEqual(before);
    expect(await deactivate(desk, leaving!, to)).toMatchObject({ openTicketCount: 0 });
    expect(await deactivate(desk, successor!, { releaseOpenTickets: true })).toMatchObject({
      agent: { status: 'DEACTIVATED' },
      openTicketCount: 3,
    });
    expect(await assignees()).toEqual(all(null));
    const acts = await desk.sql<{ action: string; after: object }>(
      `select action, after from audit_events where account_id = $1
         and action like 'agent.tickets%' order by id`,
    );
    expect(acts).toEqual([
      {
        action: 'agent.tickets_reassigned',
        after: { assigneeId: successor!.id, ticketCount: 3 },
      },
      { action: 'agent.tickets_released', after: { assigneeId: null, ticketCount: 3 } },
    ]);
  });

  test('is refused as a whole if nobody can get the tickets', async () => {
    const desk = await site.openDesk();
    const [invited] = await desk.addAgents([{ status: 'INVITED' }]);
    const other = await site.openDesk();
    const field = ['reassignOpenTicketsTo'];
    const refusals: [input: object, code: string][] = [
      [{ reassignOpenTicketsTo: agentNode(invited!) }, 'AGENT_NOT_ACTIVE'],
      [{ reassignOpenTicketsTo: agentNode(other.agent) }, 'NOT_FOUND'],
      [{ reassignOpenTicketsTo: agentNode(desk.agent) }, 'VALIDATION_FAILED'],
      [
        { reassignOpenTicketsTo: agentNode(desk.admin), releaseOpenTickets: true },
        'VALIDATION_FAILED',
      ],
    ];
    for (const [input, code] of refusals) {
      expect(await deactivate(desk, desk.agent, input)).toEqual({
        agent: null,
        openTicketCount: null,
        userErrors: [{ code, field }],
      });
    }
    const [row] = await desk.sql('select status from agents where account_id = $1 and id = $2', [
      desk.agent.id,
    ]);
    expect(row).toEqual({ status: 'ACTIVE' });
  });

  test('leaves no ticket with the agent, even if tickets are assigned at the same moment', async () => {
    const desk = await site.openDesk();
    const tickets = await addTickets(desk, 20);
    const assign = tickets.map(({ id: ticketId }) =>
      act(desk, UpdateTicketDocument, {
        input: { ticketId, assigneeId: agentNode(desk.agent) },
      }),
    );
    await Promise.all([...assign, deactivate(desk, desk.agent, { releaseOpenTickets: true })]);
    expect(
      await desk.sql('select 1 from tickets where account_id = $1 and assignee_id = $2', [
        desk.agent.id,
      ]),
    ).toEqual([]);
  });

  test('cannot be undone for an agent who was never active', async () => {
    const desk = await site.openDesk();
    const [invited] = await desk.addAgents([{ status: 'INVITED' }]);
    const refusal = [{ code: 'VALIDATION_FAILED', field: ['agentId'] }];
    expect((await reactivate(desk, invited!)).userErrors).toEqual(refusal);
  });
});

describe('one active full-time admin remains', () => {
  const refusal = { agent: null, userErrors: [{ code: 'LAST_ADMIN', field: ['agentId'] }] };

  test('by any change to the last one', async () => {
    const desk = await site.openDesk({ passes: 1 });
    // An occasional admin, a deactivated one and a full-time agent do not count.
    await desk.addAgents([
      { role: 'ACCOUNT_ADMIN' },
      { role: 'ACCOUNT_ADMIN', type: 'FULL_TIME', status: 'DEACTIVATED' },
      { type: 'FULL_TIME' },
    ]);
    expect(await update(desk, desk.admin, { role: 'AGENT' })).toEqual(refusal);
    expect(await deactivate(desk, desk.admin)).toMatchObject(refusal);
    expect(await convert(desk, desk.admin, 'OCCASIONAL')).toMatchObject(refusal);
    expect((await update(desk, desk.admin, { name: 'Still here' })).userErrors).toEqual([]);
  });

  test('if two admins demote each other at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const desk = await site.openDesk();
      const [other] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN', type: 'FULL_TIME' }]);
      const demote = (by: Person, whom: Person) =>
        site.service.request(ChangeAgentDocument, {
          token: by.bearer,
          variables: { input: { agentId: agentNode(whom), role: 'AGENT' } },
        });
      await Promise.all([demote(desk.admin, other!), demote(other!, desk.admin)]);
      expect(await lastingAdmins(desk)).toBe(1);
    }
  });

  test('if many leave at once by every possible way', async () => {
    const desk = await site.openDesk();
    const others = await desk.addAgents(
      Array.from({ length: 8 }, () => ({ role: 'ACCOUNT_ADMIN', type: 'FULL_TIME' }) as const),
    );
    const ways = [
      (whom: Person) => update(desk, whom, { role: 'AGENT' }),
      (whom: Person) => deactivate(desk, whom),
      (whom: Person) => convert(desk, whom, 'OCCASIONAL'),
    ];
    // A caller who loses the permission during the request is refused as a whole.
    await Promise.allSettled([...others, desk.admin].map((whom, index) => ways[index % 3]!(whom)));
    expect(await lastingAdmins(desk)).toBeGreaterThanOrEqual(1);
  });
});

describe('agents are changed by admins who have access', () => {
  const documents: [name: string, document: TypedDocumentNode<unknown, never>, input: object][] = [
    ['updateAgent', ChangeAgentDocument, { name: 'A' }],
    ['convertAgent', ConvertDocument, { type: 'FULL_TIME' }],
    ['deactivateAgent', DeactivateDocument, {}],
    ['reactivateAgent', ReactivateDocument, {}],
  ];

  test.each(documents)('%s', async (_, document, input) => {
    const desk = await site.openDesk({ passes: 1 });
    const [outside] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
    // Without the permission, the answer is the same whether the agent exists or not.
    for (const agentId of [agentNode(desk.admin), nodeId('Agent', newId())]) {
      const codeOf = async (person: Person) => {
        const variables = { input: { agentId, ...input } } as never;
        return faultCodeOf(
          await site.service.request(document, { token: person.bearer, variables }),
        );
      };
      expect(await codeOf(desk.agent)).toBe('FORBIDDEN');
      expect(await codeOf(outside!)).toBe('DAY_PASS_REQUIRED');
    }
  });
});
