import { AuditChain1764300300000 } from '../../migrations/1764300300000-audit-chain';
import { newId } from '../../src/core/ids';
import { adoptAuditEvents } from '../../src/db/adopt-audit-events';
import { verifyAudit } from '../../src/db/verify-audit';
import { ChangeAgentDocument, UpdateAccountDocument } from '../generated/operations';
import { upsertTickets, ticketInput } from '../support/desk/catalogue';
import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { act, agentNode } from '../support/desk/streams';

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());

const verdict = (desk: Desk) => verifyAudit(site.source, desk.accountId);
const fits = (events: number) => ({
  events,
  hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  unsealed: 0,
  drift: null,
});

/** A desk whose trail has five events, the first of them of the number 1. */
async function openTrail(): Promise<Desk> {
  const desk = await site.openDesk({ passes: 1 });
  const agentId = agentNode(desk.agent);
  for (const name of ['Noor', 'Nour']) {
    await act(desk, ChangeAgentDocument, { input: { agentId, name } });
  }
  await act(desk, UpdateAccountDocument, { input: { name: 'Renamed' } });
  await upsertTickets(desk, [ticketInput('one')]);
  return desk;
}

const eventsOf = (desk: Desk) =>
  desk.sql<{ id: string }>(
    `select event_id as id from audit_seals where account_id = $1 order by sequence`,
  );

const tables = ['audit_events', 'audit_seals', 'audit_trails'];

/** As the owner of the tables may, who gives the right back to itself. */
async function tamper(desk: Desk, sql: string, parameters: unknown[] = []): Promise<void> {
  await site.source.transaction(async (manager) => {
    for (const table of tables) {
      await manager.query(`grant update, delete on ${table} to current_user`);
    }
    await manager.query(sql, [desk.accountId, ...parameters]);
    for (const table of tables) {
      await manager.query(`revoke update, delete on ${table} from current_user`);
    }
    await manager.query('grant update (sequence, last_hash) on audit_trails to current_user');
  });
}

test('a trail fits as it was written, by batches of the ledger and by acts beside it', async () => {
  const desk = await openTrail();
  expect(await verdict(desk)).toEqual(fits(5));
});

test('simultaneous acts follow each other in one chain', async () => {
  const desk = await openTrail();
  const agentId = agentNode(desk.agent);
  await Promise.all(
    Array.from({ length: 12 }, (_, at) => [
      act(desk, ChangeAgentDocument, { input: { agentId, name: `Name ${at}` } }),
      act(desk, UpdateAccountDocument, { input: { name: `Account ${at}` } }),
      desk.grant({ quantity: at + 1 }),
    ]).flat(),
  );
  expect(await verdict(desk)).toEqual(fits(5 + 36));
});

test('the trail of an account without an act is right, and so is one of an account with consumptions', async () => {
  const desk = await site.openDesk();
  expect(await verdict(desk)).toEqual(fits(0));
});

describe('what was changed is found and named', () => {
  const edits: Record<string, string> = {
    'the act': `action = 'agent.invited'`,
    'the actor': `actor_id = '${newId()}'`,
    'what it acted on': `subject_id = '${newId()}'`,
    'what was there before': `before = '{"name": "Other"}'`,
    'what is there since': `after = after || '{"more": 1}'`,
    'the instant, by a microsecond': `occurred_at = occurred_at + interval '1 microsecond'`,
    'the address': `ip = '10.0.0.1'`,
    'the request': `request_id = 'another'`,
  };
  test.each(Object.entries(edits))('an edit of %s', async (_what, change) => {
    const desk = await openTrail();
    const [, second] = await eventsOf(desk);
    await tamper(desk, `update audit_events set ${change} where account_id = $1 and id = $2`, [
      second!.id,
    ]);
    expect(await verdict(desk)).toMatchObject({
      events: 1,
      drift: { sequence: 2, eventId: second!.id, what: expect.stringContaining('was changed') },
    });
  });

  test.each([
    ['an event in the middle', 3],
    ['the newest event', 5],
  ])('a deletion of %s', async (_what, sequence) => {
    const desk = await openTrail();
    const { id } = (await eventsOf(desk))[sequence - 1]!;
    await tamper(desk, 'delete from audit_events where account_id = $1 and id = $2', [id]);
    expect((await verdict(desk)).drift).toEqual({ sequence, eventId: id, what: 'it was deleted' });
    await tamper(desk, 'delete from audit_seals where account_id = $1 and event_id = $2', [id]);
    expect((await verdict(desk)).drift).toMatchObject({ sequence, what: 'it was deleted' });
  });

  test('a deletion of the newest, with its seal and the number of the end put back', async () => {
    const desk = await openTrail();
    const { id } = (await eventsOf(desk))[4]!;
    await tamper(desk, 'delete from audit_events where account_id = $1 and id = $2', [id]);
    await tamper(desk, 'delete from audit_seals where account_id = $1 and event_id = $2', [id]);
    await tamper(desk, 'update audit_trails set sequence = 4 where account_id = $1');
    expect((await verdict(desk)).drift).toMatchObject({ sequence: 4 });
  });

  test('the end put back, with the event left there', async () => {
    const desk = await openTrail();
    await tamper(
      desk,
      `update audit_trails t set sequence = 4, last_hash = s.hash from audit_seals s
       where t.account_id = $1 and s.account_id = $1 and s.sequence = 4`,
    );
    expect((await verdict(desk)).drift).toMatchObject({ sequence: 5 });
  });

  test('an event that somebody inserted, with a seal and without', async () => {
    const desk = await openTrail();
    const id = newId();
    const copy = `insert into audit_events select account_id, $2::uuid, occurred_at, actor_kind, actor_id,
      action, subject_type, subject_id, before, after, door, ip, user_agent, request_id
      from audit_events where account_id = $1 limit 1`;
    await desk.sql(copy, [id]);
    expect((await verdict(desk)).drift).toEqual({
      sequence: null,
      eventId: id,
      what: expect.stringContaining('no seal'),
    });
    // A start seals nothing that the previous release cannot have written.
    expect(await adoptAuditEvents(site.source)).toBe(0);
    const seal = `insert into audit_seals select account_id, 6, $2, last_hash from audit_trails
      where account_id = $1`;
    await desk.sql(seal, [id]);
    expect((await verdict(desk)).drift).toMatchObject({ sequence: 6 });
  });

  test('events in another order', async () => {
    const desk = await openTrail();
    const [, second, third] = await eventsOf(desk);
    const move = (sequence: number, eventId: string) =>
      tamper(desk, 'update audit_seals set event_id = $3 where account_id = $1 and sequence = $2', [
        sequence,
        eventId,
      ]);
    await move(2, newId());
    await move(3, second!.id);
    await move(2, third!.id);
    expect((await verdict(desk)).drift).toMatchObject({ sequence: 2 });
  });
});

describe('beside the previous release', () => {
  /** As the previous release inserts an event, which knows no seals. */
  const insertAsBefore = (desk: Desk) =>
    desk.sql(
      `insert into audit_events select * from json_populate_recordset(null::audit_events, $2::json)
       where account_id = $1 on conflict (account_id, id) do nothing`,
      [
        JSON.stringify([
          {
            account_id: desk.accountId,
            id: newId(),
            occurred_at: new Date().toISOString(),
            action: 'agent.invited',
            subject_type: 'Agent',
            subject_id: newId(),
            before: null,
            after: { name: 'Noor', sections: ['TICKETS'], more: { b: 1.5, a: null } },
            door: 'http',
            request_id: 'of-the-previous-release',
          },
        ]),
      ],
    );

  test('its events, from before and after the upgrade, are sealed for a day and never later', async () => {
    const desk = await site.openDesk();
    const runner = site.source.createQueryRunner();
    const migration = new AuditChain1764300300000();
    await migration.down(runner);
    for (let at = 0; at < 3; at += 1) await insertAsBefore(desk);
    await migration.up(runner);
    await runner.release();
    expect(await verdict(desk)).toMatchObject({ events: 0, unsealed: 3, drift: null });
    // Those of the other tests, too: the migration knows no account from another.
    expect(await adoptAuditEvents(site.source)).toBeGreaterThanOrEqual(3);

    await act(desk, UpdateAccountDocument, { input: { name: 'By the new one' } });
    await insertAsBefore(desk);
    expect(await verdict(desk)).toMatchObject({ events: 4, unsealed: 1, drift: null });
    expect(await adoptAuditEvents(site.source)).toBe(1);
    expect(await verdict(desk)).toEqual(fits(5));

    await tamper(desk, 'update audit_trails set adopts_until = null where account_id = $1');
    await insertAsBefore(desk);
    expect(await adoptAuditEvents(site.source)).toBe(0);
    expect((await verdict(desk)).drift).toMatchObject({ sequence: null });
    // Only if the operator says that they are the previous release's.
    expect(await adoptAuditEvents(site.source, { all: true })).toBe(1);
    expect(await verdict(desk)).toEqual(fits(6));
  });
});
