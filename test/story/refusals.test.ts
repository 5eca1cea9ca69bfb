import { randomBytes } from 'node:crypto';
import { readConfirmation, signConfirmation } from '../../src/access/confirmation-token';
import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import { ProceedDocument } from '../generated/operations';
import { faultCodeOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

async function expectNothingTaken(desk: Desk): Promise<void> {
  expect((await desk.kinds()).filter((kind) => kind !== 'DayPassesGranted')).toEqual([]);
}

/** A ticket of the account, of the client if there is one; answers its public id. */
async function addTicket(desk: Desk, clientId: string | null = null): Promise<string> {
  const id = newId();
  await desk.sql(
    `insert into tickets (account_id, id, number, external_id, subject, description, status,
       priority, client_id, requester_name, requester_email, created_at, updated_at)
     values ($1, $2, 7, 'ext-7', 'A printer', '', 'OPEN', 'LOW', $3, 'R', 'r@desk.example',
       now(), now())`,
    [id, clientId],
  );
  return nodeId('Ticket', id);
}

async function addClient(desk: Desk): Promise<string> {
  const id = newId();
  await desk.sql(
    `insert into clients (account_id, id, name, created_at) values ($1, $2, 'A client', now())`,
    [id],
  );
  return id;
}

async function addClientWallet(desk: Desk, clientId: string): Promise<string> {
  const id = newId();
  await desk.sql(
    `insert into wallets (account_id, id, name, client_id, last_hash, created_at)
     select $1, $2, 'The wallet of a client', $3, last_hash, now()
     from journals where account_id = $1`,
    [id, clientId],
  );
  return nodeId('DayPassWallet', id);
}

describe('a confirmation is invalid', () => {
  const cases: [what: string, change: (token: string, desk: Desk) => string | Promise<string>][] = [
    ['if it is not a token', () => 'not a token'],
    ['if it is empty', () => ''],
    ['if its signature is missing', (token) => token.slice(0, token.lastIndexOf('.'))],
    [
      'where it was changed',
      (token) => token.replace(/\.(\d{13})\./, (_, ms) => `.${Number(ms) + 1}.`),
    ],
    [
      'where it was signed with another key',
      (token, { site: { secrets } }) =>
        signConfirmation(
          { sessionKeyId: null, ...readConfirmation(token, secrets.confirmation)! },
          randomBytes(32),
        ),
    ],
    ['if it is longer than 512 bytes', (token) => `${token}${'A'.repeat(513 - token.length)}`],
    ['if it contains half a character', (token) => `${token}\ud800`],
    ["where it is another agent's", (_, desk) => desk.tokenFor(desk.agents[1]!)],
    [
      "where it is another account's",
      async () => {
        const other = await site.openDesk({ passes: 1 });
        return other.tokenFor(other.agent);
      },
    ],
    [
      'where it names a wallet of another account',
      async (token, desk) => {
        const other = await site.openDesk({ passes: 1 });
        const [wallet] = await other.sql<{ id: string }>(
          'select id from wallets where account_id = $1',
        );
        return desk.resign(token, { walletId: wallet!.id });
      },
    ],
  ];

  test.each(cases)('%s', async (_, change) => {
    const desk = await site.openDesk({ agents: 2, passes: 2 });
    const token = await change(await desk.tokenFor(desk.agent), desk);
    expect(await desk.refusalOf(desk.agent, token)).toBe('CONFIRMATION_INVALID');
    await expectNothingTaken(desk);
  });
});

test('a confirmation ends after five minutes', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const { token, expiresAt } = await desk.confirmation(desk.agent);
  const { now } = await desk.ask(desk.agent);
  expect(Date.parse(expiresAt) - Date.parse(now)).toBeLessThanOrEqual(5 * 60_000);
  await desk.moveClockTo(expiresAt);
  expect(await desk.refusalOf(desk.agent, token)).toBe('CONFIRMATION_EXPIRED');
  await expectNothingTaken(desk);
});

describe('a confirmation is stale', () => {
  const sql = (text: string) => async (_: string, desk: Desk) => {
    await desk.sql(text);
  };
  const cases: [what: string, happens: (token: string, desk: Desk) => Promise<string | void>][] = [
    [
      'after the agent has moved to another zone',
      sql(`update agents set time_zone = 'Asia/Tokyo' where account_id = $1`),
    ],
    [
      'after the price has come or changed',
      sql(`insert into day_pass_prices
             (plan, currency, minimum_quantity, unit_price_minor, valid_from, example)
           select plan, currency, 1, 900, created_at, false from accounts where id = $1`),
    ],
    [
      'where other words would be shown now',
      async (token, desk) => desk.resign(token, { notice: 'Other words.' }),
    ],
    [
      'where the pass would now be an emergency pass',
      sql(`with emptied as (update lots set remaining = 0 where account_id = $1)
           update wallets set balance = 0, emergency_allowance = 1 where account_id = $1`),
    ],
  ];

  test.each(cases)('%s', async (_, happens) => {
    const desk = await site.openDesk({ passes: 1 });
    const token = await desk.tokenFor(desk.agent);
    const changed = await happens(token, desk);
    expect(await desk.refusalOf(desk.agent, changed ?? token)).toBe('CONFIRMATION_STALE');
    await expectNothingTaken(desk);
  });

  test('after another wallet pays for the client of the ticket', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const clientId = await addClient(desk);
    const ticketId = await addTicket(desk, clientId);
    const token = await desk.tokenFor(desk.agent, { ticketId });
    const walletId = await addClientWallet(desk, clientId);
    await desk.grant({ walletId, quantity: 1 });
    expect(await desk.refusalOf(desk.agent, token)).toBe('CONFIRMATION_STALE');
    expect(await desk.balance()).toBe(1);
  });

  test('within ten seconds of the end of the day, when the gate gives none', async () => {
    const desk = await site.openDesk({ passes: 1, timeZone: 'Asia/Kolkata' });
    const early = await desk.confirmation(desk.agent);
    await desk.moveClockTo(early.passExpiresAt, -60_000);
    const token = await desk.tokenFor(desk.agent);
    await desk.moveClockTo(early.passExpiresAt, -9_000);
    const asked = await desk.ask(desk.agent);
    expect(asked).toMatchObject({ __typename: 'DayPassRequired', confirmation: null });
    // The end of the token and of the day are one; only its own life is made longer here.
    const longer = desk.resign(token, { expiresAtMs: Date.parse(early.passExpiresAt) + 60_000 });
    expect(await desk.refusalOf(desk.agent, longer)).toBe('CONFIRMATION_STALE');
    await expectNothingTaken(desk);
  });

  test('but not while more than ten seconds are left', async () => {
    const desk = await site.openDesk({ passes: 1, timeZone: 'Asia/Kolkata' });
    const { passExpiresAt } = await desk.confirmation(desk.agent);
    await desk.moveClockTo(passExpiresAt, -120_000);
    const { consumption } = await desk.enter(desk.agent);
    expect(consumption.expiresAt).toBe(passExpiresAt);
  });
});

describe('what changed between confirmation and Proceed is what counts', () => {
  const cases: [what: string, change: string, code: string][] = [
    [
      'an agent who was deactivated',
      `update agents set status = 'DEACTIVATED' where account_id = $1 and id = $2`,
      'AGENT_NOT_ACTIVE',
    ],
    [
      'an agent who became full-time',
      `update agents set type = 'FULL_TIME' where account_id = $1 and id = $2`,
      'PASS_NOT_NEEDED',
    ],
    [
      'an agent who may no longer use the section',
      `update agents set sections = '{ASSETS}' where account_id = $1 and id = $2`,
      'SECTION_NOT_PERMITTED',
    ],
    [
      'a wallet that was frozen',
      `update wallets set frozen_at = now() where account_id = $1 and $2::uuid is not null`,
      'WALLET_FROZEN',
    ],
  ];

  test.each(cases)('%s', async (_, change, code) => {
    const desk = await site.openDesk({ passes: 1 });
    const token = await desk.tokenFor(desk.agent);
    await desk.sql(change, [desk.agent.id]);
    expect(await desk.refusalOf(desk.agent, token)).toBe(code);
    await expectNothingTaken(desk);
  });

  test('a wallet that was emptied by another agent', async () => {
    const desk = await site.openDesk({ agents: 2, passes: 1 });
    const token = await desk.tokenFor(desk.agent);
    await desk.enter(desk.agents[1]!);
    expect(await desk.refusalOf(desk.agent, token)).toBe('WALLET_EMPTY');
  });

  test('a pass that the agent used in the meantime', async () => {
    const desk = await site.openDesk({ passes: 2 });
    const token = await desk.tokenFor(desk.agent);
    await desk.enter(desk.agent);
    expect(await desk.refusalOf(desk.agent, token)).toBe('PASS_ALREADY_ACTIVE');
    expect(await desk.balance()).toBe(1);
  });

  test('a refusal is not remembered: the same token works once its cause is gone', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const token = await desk.tokenFor(desk.agent);
    await desk.sql('update wallets set frozen_at = now() where account_id = $1');
    expect(await desk.refusalOf(desk.agent, token)).toBe('WALLET_FROZEN');
    await desk.sql('update wallets set frozen_at = null where account_id = $1');
    expect(await desk.refusalOf(desk.agent, token)).toBeNull();
  });
});

describe('the first broken rule is the one that is reported', () => {
  const order = [
    'CONFIRMATION_EXPIRED',
    'CONFIRMATION_STALE',
    'AGENT_NOT_ACTIVE',
    'PASS_NOT_NEEDED',
    'SECTION_NOT_PERMITTED',
    'WALLET_FROZEN',
  ];
  const brokenBy: Record<string, string> = {
    CONFIRMATION_EXPIRED: `update accounts set test_clock_offset_ms = test_clock_offset_ms + 600000
      where id = $1`,
    CONFIRMATION_STALE: `update agents set time_zone = 'Asia/Tokyo' where account_id = $1`,
    AGENT_NOT_ACTIVE: `update agents set status = 'DEACTIVATED' where account_id = $1`,
    PASS_NOT_NEEDED: `update agents set type = 'FULL_TIME' where account_id = $1`,
    SECTION_NOT_PERMITTED: `update agents set sections = '{}' where account_id = $1`,
    WALLET_FROZEN: 'update wallets set frozen_at = now() where account_id = $1',
  };

  test.each(order)('%s', async (code) => {
    const desk = await site.openDesk({ passes: 1 });
    const token = await desk.tokenFor(desk.agent);
    for (const broken of order.slice(order.indexOf(code))) await desk.sql(brokenBy[broken]!);
    expect(await desk.refusalOf(desk.agent, token)).toBe(code);
  });
});

describe('the gate denies', () => {
  const cases: [what: string, change: string, reason: string][] = [
    [
      'an agent who is not active',
      `update agents set status = 'INVITED' where account_id = $1`,
      'AGENT_NOT_ACTIVE',
    ],
    [
      'an agent without the section',
      `update agents set sections = '{}' where account_id = $1`,
      'SECTION_NOT_PERMITTED',
    ],
    [
      'while the wallet is frozen',
      'update wallets set frozen_at = now() where account_id = $1',
      'WALLET_FROZEN',
    ],
    [
      'while the wallet is empty',
      `with emptied as (update lots set remaining = 0 where account_id = $1)
       update wallets set balance = 0 where account_id = $1`,
      'WALLET_EMPTY',
    ],
  ];

  test.each(cases)('%s', async (_, change, reason) => {
    const desk = await site.openDesk({ passes: 1 });
    await desk.sql(change);
    const access = await desk.ask(desk.agent);
    expect(access).toMatchObject({ __typename: 'PortalAccessDenied', allowed: false, reason });
  });

  test('a contact, who may not proceed either', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const token = await desk.tokenFor(desk.agent);
    const contact = { id: '', bearer: await desk.bearer(null) };
    expect(await desk.ask(contact)).toMatchObject({ allowed: false, reason: 'NOT_AN_AGENT' });
    const answer = await site.service.request(ProceedDocument, {
      token: contact.bearer,
      variables: { token },
    });
    expect(faultCodeOf(answer)).toBe('FORBIDDEN');
    await expectNothingTaken(desk);
  });

  test('a ticket of another account, in the same way as one that does not exist', async () => {
    const [desk, other] = [await site.openDesk({ passes: 1 }), await site.openDesk()];
    const foreign = await addTicket(other);
    const asked = [
      { ticketId: foreign },
      { ticketId: nodeId('Ticket', newId()) },
      { ticketId: nodeId('Agent', newId()) },
      { ticketExternalId: 'ext-7' },
    ];
    for (const variables of asked) {
      const access = await desk.ask(desk.agent, variables);
      expect(access).toMatchObject({ allowed: false, reason: 'TICKET_NOT_FOUND' });
    }
  });

  test('an agent whose wallet has no pass except an expired one', async () => {
    const desk = await site.openDesk();
    const { now } = await desk.ask(desk.admin);
    const expiresAt = new Date(Date.parse(now) + 3_600_000).toISOString();
    await desk.add(1, { expiresAt });
    await desk.moveClockTo(expiresAt);
    expect(await desk.ask(desk.agent)).toMatchObject({ reason: 'WALLET_EMPTY' });
  });
});

test('a ticket is opened by either of its ids, and its pass has the source TICKET', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const ticketId = await addTicket(desk);
  const byId = await desk.ask(desk.agent, { ticketId });
  const byExternalId = await desk.ask(desk.agent, { ticketExternalId: 'ext-7', section: 'ASSETS' });
  expect(byId).toMatchObject({ ticketNumber: 7 });
  expect(byExternalId).toMatchObject({ ticketNumber: 7 });
  const { consumption } = await desk.proceed(
    desk.agent,
    await desk.tokenFor(desk.agent, { ticketId }),
  );
  expect(consumption?.source).toBe('TICKET');
});

test("a client's own wallet pays for its tickets, and the account's for everything else", async () => {
  const desk = await site.openDesk({ agents: 2, passes: 5 });
  const clientId = await addClient(desk);
  const walletId = await addClientWallet(desk, clientId);
  const ticketId = await addTicket(desk, clientId);
  await desk.grant({ walletId, quantity: 3 });
  const paid = await desk.proceed(desk.agent, await desk.tokenFor(desk.agent, { ticketId }));
  expect(paid.wallet).toEqual({ id: walletId, balance: 2 });
  expect((await desk.enter(desk.agents[1]!)).wallet.balance).toBe(4);
  await desk.expectBooksToClose();
});
