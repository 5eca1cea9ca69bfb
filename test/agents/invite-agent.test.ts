import { activationToken, readActivationToken } from '../../src/access/activation-token';
import { nodeId, parseNodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import {
  ActivateDocument,
  ChangeAgentDocument,
  DeactivateDocument,
  InviteDocument,
  ReactivateDocument,
  UpdateAccountDocument,
} from '../generated/operations';
import {
  eventually,
  faultCodeOf,
  openTestSite,
  type Desk,
  type TestSite,
} from '../support/desk/desk';
import { activate, invite, jobsOf, linkToken, mailsWereSent } from '../support/desk/invitations';
import { addKey } from '../support/desk/keys';
import { act } from '../support/desk/streams';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

const invalid = {
  email: null,
  userErrors: [{ code: 'ACTIVATION_INVALID', field: ['activationToken'] }],
};

const statusOf = async (desk: Desk, agent: { id: string }) => {
  const [row] = await desk.sql<{ status: string }>(
    'select status from agents where account_id = $1 and id = $2',
    [parseNodeId(agent.id).id],
  );
  return row?.status;
};

describe('inviting an agent', () => {
  test('creates an invited agent with all sections but ADMIN, and a mail to be sent', async () => {
    const desk = await site.openDesk();
    const { agent, userErrors } = await invite(desk, {
      name: 'Noor',
      email: 'Noor@New.example',
      timeZone: 'Eastern Time (US & Canada)',
    });
    expect(userErrors).toEqual([]);
    expect(agent).toMatchObject({
      name: 'Noor',
      email: 'noor@new.example',
      type: 'OCCASIONAL',
      role: 'AGENT',
      status: 'INVITED',
      timeZone: 'America/New_York',
      sections: ['TICKETS', 'PROBLEMS', 'CHANGES', 'RELEASES', 'ASSETS', 'SOLUTIONS', 'REPORTS'],
    });
    expect(await jobsOf(desk)).toEqual(['send-invitation']);
  });

  test('requests no mail if the account sends none; inviting again after that sends one', async () => {
    const desk = await site.openDesk();
    const switchMails = (emailNotificationsEnabled: boolean) =>
      act(desk, UpdateAccountDocument, { input: { emailNotificationsEnabled } });
    await switchMails(false);
    const unsent = await invite(desk, { email: 'late@new.example' });
    const { agent } = unsent;
    expect(agent?.status).toBe('INVITED');
    expect(await jobsOf(desk)).toEqual([]);
    // The admin hands the link over; a key is not given one.
    expect(unsent.mailSent).toBe(false);
    const [, token] = /^https?:\/\/[^#]+\/activate#(.+)$/.exec(unsent.activationLink!) ?? [];
    expect(token).toBe(await linkToken(desk, agent!));
    const key = await addKey(desk, { scopes: ['agents:read', 'agents:write'] });
    const byKey = await invite(desk, { email: 'late@new.example' }, key);
    expect(byKey).toMatchObject({ mailSent: false, activationLink: null });
    await switchMails(true);
    const sent = await invite(desk, { email: 'late@new.example' });
    expect(sent).toMatchObject({ agent: { id: agent!.id }, mailSent: true, activationLink: null });
    expect(await jobsOf(desk)).toEqual(['send-invitation']);
  });

  test('an address of an active or deactivated agent is in use, in any case', async () => {
    const desk = await site.openDesk();
    await desk.addAgents([
      { email: 'active@here.example' },
      { email: 'gone@here.example', status: 'DEACTIVATED' },
    ]);
    for (const email of ['Active@Here.example', 'gone@here.example']) {
      expect(await invite(desk, { email })).toEqual({
        agent: null,
        mailSent: null,
        activationLink: null,
        userErrors: [{ code: 'EMAIL_TAKEN', field: ['email'] }],
      });
    }
    // Nothing crosses an account.
    const other = await site.openDesk();
    expect((await invite(other, { email: 'active@here.example' })).userErrors).toEqual([]);
  });

  test('an address that is still invited gets a new link, and the old one ends', async () => {
    const desk = await site.openDesk();
    const first = (await invite(desk, { email: 'twice@new.example' })).agent!;
    const old = (await linkToken(desk, first))!;
    await mailsWereSent(desk, '1 minute');
    const again = await invite(desk, {
      email: 'TWICE@new.example',
      name: 'Renamed',
      type: 'FULL_TIME',
    });
    expect(again.agent).toMatchObject({ id: first.id, name: 'Renamed', type: 'FULL_TIME' });
    const fresh = (await linkToken(desk, first))!;
    expect(fresh).not.toBe(old);
    expect(await activate(desk, old)).toEqual(invalid);
    expect((await activate(desk, fresh)).email).toBe('twice@new.example');
    expect(await invite(desk, { email: 'twice@new.example' })).toMatchObject({
      userErrors: [{ code: 'EMAIL_TAKEN' }],
    });
  });

  const inviteAgain = (desk: Desk, email: string) =>
    site.service.request(InviteDocument, {
      token: desk.admin.bearer,
      variables: { input: { name: 'Ada', email, type: 'OCCASIONAL', timeZone: 'UTC' } },
    });

  test('one address invited many times at once is one agent with one link and one mail', async () => {
    const desk = await site.openDesk();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => inviteAgain(desk, 'race@new.example')),
    );
    const invited = answers.flatMap(({ data }) => data?.inviteAgent?.agent ?? []);
    expect(invited).toHaveLength(1);
    for (const { errors } of answers.filter(({ data }) => !data?.inviteAgent)) {
      const [fault] = errors;
      expect(fault?.extensions).toEqual({
        code: 'RATE_LIMITED',
        retryAfterMs: expect.any(Number),
      });
      expect(fault!.extensions!.retryAfterMs).toBeLessThanOrEqual(60_000);
    }
    expect(await jobsOf(desk)).toEqual(['send-invitation']);
    const token = (await linkToken(desk, invited[0]!))!;
    expect((await activate(desk, token)).email).toBe('race@new.example');
  });

  test('an account’s 501st mail in 24 hours waits, and its link counts from then on', async () => {
    const desk = await site.openDesk();
    await desk.sql(
      `insert into invitation_mails (account_id, id, address, send_at)
       select $1, gen_random_uuid(), n || '@new.example', clock_timestamp() - interval '20 hours'
       from generate_series(1, 500) as n`,
    );
    const { agent } = await invite(desk, { email: 'waits@new.example' });
    const waits = await eventually(async () => {
      const [queued] = await desk.sql<{ hours: number; days: number }>(
        `select extract(epoch from j.run_at - clock_timestamp()) / 3600 as hours,
           extract(epoch from i.expires_at - j.run_at) / 86400 as days
         from graphile_worker._private_jobs j join invitations i
           on i.account_id = $1 and i.id::text = j.payload ->> 'invitationId'`,
      );
      expect(queued).toBeDefined();
      return queued;
    });
    expect(Number(waits!.hours)).toBeCloseTo(4, 1);
    expect(Number(waits!.days)).toBeCloseTo(7, 3);
    expect(faultCodeOf(await inviteAgain(desk, 'waits@new.example'))).toBe('RATE_LIMITED');
    // The limit is the account's own.
    const other = await site.openDesk();
    await invite(other, { email: 'waits@new.example' });
    await mailsWereSent(desk, '1 day 1 minute');
    expect((await invite(desk, { email: 'waits@new.example' })).agent?.id).toBe(agent!.id);
    const kept = await desk.sql('select 1 from invitation_mails where account_id = $1');
    expect(kept).toHaveLength(502);
    await mailsWereSent(desk, '3 days');
    await invite(desk);
    expect(await desk.sql('select 1 from invitation_mails where account_id = $1')).toHaveLength(1);
  });

  test('refuses names and addresses that are not valid', async () => {
    const desk = await site.openDesk();
    const refused: [input: object, field: string][] = [
      [{ name: ' ' }, 'name'],
      [{ name: 'a\0b' }, 'name'],
      [{ name: 'Win at https://evil.example' }, 'name'],
      [{ email: 'nobody' }, 'email'],
      [{ email: 'semi.colon@sandbox.example;' }, 'email'],
      [{ email: 'ada@new.example,b@evil.example' }, 'email'],
      [{ email: '"ada@evil.example"@new.example' }, 'email'],
      [{ email: `${'x'.repeat(320)}@new.example` }, 'email'],
    ];
    for (const [input, field] of refused) {
      expect((await invite(desk, input)).userErrors).toEqual([
        { code: 'VALIDATION_FAILED', field: [field] },
      ]);
    }
  });

  test('puts no name with a web address into mails, by any mutation', async () => {
    const desk = await site.openDesk();
    const name = 'Prize: ftp://evil.example';
    const refused = [{ code: 'VALIDATION_FAILED', field: ['name'] }];
    const { updateAccount } = await act(desk, UpdateAccountDocument, { input: { name } });
    expect(updateAccount?.userErrors).toMatchObject(refused);
    const agentId = nodeId('Agent', desk.agent.id);
    const { updateAgent } = await act(desk, ChangeAgentDocument, { input: { agentId, name } });
    expect(updateAgent?.userErrors).toMatchObject(refused);
  });

  test('keeps an international domain as punycode, by which the agent is found again', async () => {
    const desk = await site.openDesk();
    const { agent } = await invite(desk, { email: 'Kunde@Müller.example' });
    expect(agent?.email).toBe('kunde@xn--mller-kva.example');
    for (const email of ['kunde@müller.example', 'kunde@XN--mller-kva.example']) {
      await mailsWereSent(desk, '1 minute');
      expect((await invite(desk, { email })).agent?.id).toBe(agent!.id);
    }
  });

  test('is for admins who have access', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const [outside] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
    const codeOf = async (person: { bearer: string }) => {
      const input = { name: 'A', email: 'a@new.example', type: 'OCCASIONAL', timeZone: 'UTC' };
      const variables = { input } as never;
      return faultCodeOf(
        await site.service.request(InviteDocument, { token: person.bearer, variables }),
      );
    };
    expect(await codeOf(desk.agent)).toBe('FORBIDDEN');
    expect(await codeOf(outside!)).toBe('DAY_PASS_REQUIRED');
  });

  test('stores no token, neither beside the invitation nor in the job', async () => {
    const desk = await site.openDesk();
    const { agent } = await invite(desk);
    const token = (await linkToken(desk, agent!))!;
    const [stored] = await desk.sql<{ all: string }>(
      `select (select string_agg(i::text, ' ') from invitations i where account_id = $1)
         || (select string_agg(payload, ' ') from (
           select payload::text from graphile_worker._private_jobs
           union all select payload from job_outbox) jobs)
         || (select string_agg(e::text, ' ') from audit_events e where account_id = $1) as all`,
    );
    expect(stored!.all.length).toBeGreaterThan(100);
    expect(stored!.all).not.toContain(token.slice(-40));
    expect(stored!.all).not.toContain(Buffer.from(token, 'base64url').toString('hex').slice(64));
  });
});

describe('activating', () => {
  test('needs no bearer token, signs nobody in, and gives the agent access', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const { agent } = await invite(desk, { email: 'new@new.example' });
    const id = parseNodeId(agent!.id).id;
    const person = { id, bearer: await desk.bearer(id) };
    expect(await desk.ask(person)).toMatchObject({ reason: 'AGENT_NOT_ACTIVE' });
    const token = (await linkToken(desk, agent!))!;
    expect(await activate(desk, token)).toEqual({ email: 'new@new.example', userErrors: [] });
    expect((await desk.enter(person)).consumption.status).toBe('ACTIVE');
    await desk.expectBooksToClose();
  });

  test('twice, or many times at once, answers the same', async () => {
    const desk = await site.openDesk();
    const { agent } = await invite(desk, { email: 'once@new.example' });
    const token = (await linkToken(desk, agent!))!;
    const answers = await Promise.all(Array.from({ length: 8 }, () => activate(desk, token)));
    for (const answer of [...answers, await activate(desk, token)]) {
      expect(answer).toEqual({ email: 'once@new.example', userErrors: [] });
    }
    const [counted] = await desk.sql<{ count: number }>(
      `select count(*) from audit_events where account_id = $1 and action = 'agent.activated'`,
    );
    expect(counted?.count).toBe(1);
  });

  test('asks the database about no token that the service did not make', () => {
    const named = { accountId: newId(), invitationId: newId() };
    const [ours, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    expect(readActivationToken(ours, activationToken(ours, named))).toMatchObject(named);
    expect(readActivationToken(ours, activationToken(other, named))).toBeNull();
  });

  test('gives the same refusal for a token that is unknown, expired, foreign or malformed', async () => {
    const [desk, other] = [await site.openDesk(), await site.openDesk()];
    const token = (await linkToken(desk, (await invite(desk)).agent!))!;
    const theirs = (await linkToken(other, (await invite(other)).agent!))!;
    const ended = (await invite(desk)).agent!;
    const endedToken = (await linkToken(desk, ended))!;
    await desk.sql(
      `update invitations set expires_at = clock_timestamp() where account_id = $1 and agent_id = $2`,
      [parseNodeId(ended.id).id],
    );
    const mixed = (text: string, from: number, to: number, by: string) => {
      const bytes = Buffer.from(text, 'base64url');
      Buffer.from(by, 'base64url').copy(bytes, from, from, to);
      return bytes.toString('base64url');
    };
    const tokens = [
      '',
      'x',
      'x'.repeat(86),
      `${token}=`,
      'a\0b',
      '\ud800'.repeat(86),
      token.slice(0, -1),
      // Of an account that does not exist, of another account, with their invitation, with another
      // proof.
      mixed(token, 0, 16, Buffer.alloc(64, 1).toString('base64url')),
      mixed(token, 0, 16, theirs),
      mixed(token, 16, 32, theirs),
      mixed(token, 32, 64, theirs),
      endedToken,
    ];
    for (const one of tokens) expect(await activate(desk, one)).toEqual(invalid);
    expect(await statusOf(desk, ended)).toBe('INVITED');
    expect((await activate(desk, token)).userErrors).toEqual([]);
  });

  test("a sandbox's test clock ends no link; the database's does after seven days", async () => {
    const desk = await site.openDesk();
    const agent = (await invite(desk)).agent!;
    const [lasts] = await desk.sql<{ days: number }>(
      `select extract(epoch from expires_at - clock_timestamp()) / 86400 as days
       from invitations where account_id = $1`,
    );
    expect(Number(lasts!.days)).toBeCloseTo(7, 2);
    await desk.moveClock(30 * 86_400_000);
    expect((await activate(desk, (await linkToken(desk, agent))!)).userErrors).toEqual([]);
  });

  test('returns no bearer token and no part of the graph', async () => {
    const desk = await site.openDesk();
    const answer = await site.service.request(ActivateDocument, {
      variables: { token: (await linkToken(desk, (await invite(desk)).agent!))! },
    });
    expect(Object.keys(answer.data!.activateAgent!)).toEqual(['email', 'userErrors']);
  });
});

describe('an agent who was invited and deactivated before activating', () => {
  const change = (agent: { id: string }) => ({ input: { agentId: agent.id } });

  test('is invited again when reactivated, and needs a new link', async () => {
    const desk = await site.openDesk();
    const agent = (await invite(desk, { email: 'shut@new.example' })).agent!;
    const old = (await linkToken(desk, agent))!;
    await act(desk, DeactivateDocument, change(agent));
    expect(await activate(desk, old)).toEqual(invalid);
    expect(await invite(desk, { email: 'shut@new.example' })).toMatchObject({
      userErrors: [{ code: 'EMAIL_TAKEN' }],
    });
    const { reactivateAgent } = await act(desk, ReactivateDocument, change(agent));
    expect(reactivateAgent).toMatchObject({ agent: { status: 'INVITED' }, userErrors: [] });
    expect(await activate(desk, old)).toEqual(invalid);
    await mailsWereSent(desk, '1 minute');
    await invite(desk, { email: 'shut@new.example' });
    expect((await activate(desk, (await linkToken(desk, agent))!)).userErrors).toEqual([]);
    expect(await statusOf(desk, agent)).toBe('ACTIVE');
  });

  test('even if nobody was ever sent a link', async () => {
    const desk = await site.openDesk();
    const [person] = await desk.addAgents([{ status: 'INVITED' }]);
    const agent = { id: nodeId('Agent', person!.id) };
    await act(desk, DeactivateDocument, change(agent));
    await act(desk, ReactivateDocument, change(agent));
    expect(await statusOf(desk, agent)).toBe('INVITED');
  });

  test('but an agent who was active is active again', async () => {
    const desk = await site.openDesk();
    const agent = (await invite(desk, { email: `${newId()}@new.example` })).agent!;
    await activate(desk, (await linkToken(desk, agent))!);
    await act(desk, DeactivateDocument, change(agent));
    await act(desk, ReactivateDocument, change(agent));
    expect(await statusOf(desk, agent)).toBe('ACTIVE');
  });
});
