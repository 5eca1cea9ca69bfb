import { newId } from '../../src/core/ids';
import { SetNotificationMailsDocument, TakeBackDocument } from '../generated/operations';
import { comesToRest } from '../support/desk/at-rest';
import { eventually, openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { retryNow } from '../support/desk/invitations';
import { enterBuyer, enterSeller, issueOf, openInvoiceWriter } from '../support/desk/invoices';
import { startMailServer, type MailServer } from '../support/desk/mail-server';
import { act } from '../support/desk/streams';

/*
 * From an entry of the journal to the mail in somebody's inbox: through the service and a real SMTP
 * server.
 */

let mails: MailServer;
let site: TestSite;

beforeAll(async () => {
  mails = await startMailServer();
  site = await openTestSite({
    SMTP_URL: mails.url,
    MAIL_FROM: 'Desk <desk@msp.example>',
    PUBLIC_URL: 'https://desk.msp.example',
  });
});

afterAll(async () => {
  await site.close();
  await mails.stop();
});

async function addressOf(desk: Desk, agentId: string): Promise<string> {
  const rows = await desk.sql<{ email: string }>(
    'select email from agents where account_id = $1 and id = $2',
    [agentId],
  );
  return rows[0]!.email;
}

const subjectsTo = (address: string) =>
  mails.received.filter(({ to }) => to.includes(address)).map(({ subject }) => subject);

/** Everything that the account caused has been sent, or was found to be nobody's. */
async function allIsSent(desk: Desk): Promise<void> {
  await comesToRest(desk);
  await eventually(async () => {
    const jobs = await desk.sql(
      `select from graphile_worker._private_jobs where payload ->> 'accountId' = $1::text`,
    );
    expect(jobs).toHaveLength(0);
  });
}

const noticesOf = (desk: Desk) =>
  desk.sql<{ number: number; kind: string; agent_id: string | null }>(
    'select number, kind, agent_id from notices where account_id = $1 order by number',
  );

test('an admin who never opens the page learns by mail that the wallet is low, and again that it is empty', async () => {
  const desk = await site.openDesk({ agents: 3, passes: 3, lowBalanceThreshold: 2 });
  const address = await addressOf(desk, desk.admin.id);
  await desk.enter(desk.agents[0]!);
  await eventually(async () => expect(subjectsTo(address)).toHaveLength(1));
  await desk.enter(desk.agents[1]!);
  await desk.enter(desk.agents[2]!);
  await eventually(async () => expect(subjectsTo(address)).toHaveLength(2));
  expect(subjectsTo(address)).toEqual([
    expect.stringMatching(/: 2 day passes left$/),
    expect.stringMatching(/: no day passes left$/),
  ]);
  const [low] = mails.received.filter(({ to }) => to.includes(address));
  expect(low!.source).toContain(desk.slug);
  expect(low!.source).toContain('https://desk.msp.example/admin/buy');
  expect(low!.source).toContain('<html lang="en">');
  await allIsSent(desk);
  // Nobody but the admin received it, and nobody twice.
  expect(mails.received.filter(({ source }) => source.includes(desk.slug))).toHaveLength(2);
});

test('every active admin gets a mail of what concerns admins, and an agent of what concerns it alone', async () => {
  const desk = await site.openDesk({ agents: 1, passes: 1, emergencyAllowance: 5 });
  const [second, gone] = await desk.addAgents([
    { type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' },
    { type: 'FULL_TIME', role: 'ACCOUNT_ADMIN', status: 'DEACTIVATED' },
  ]);
  const [late] = await desk.addAgents([{}]);
  const { consumption } = await desk.enter(desk.agent);
  await desk.enter(late!);
  const input = { consumptionId: consumption.id, reason: 'Wrong ticket' };
  await act(desk, TakeBackDocument, { input });
  await allIsSent(desk);
  expect(await noticesOf(desk)).toEqual([
    { number: 1, kind: 'BALANCE_EMPTY', agent_id: null },
    { number: 2, kind: 'EMERGENCY_USED', agent_id: null },
    { number: 3, kind: 'PASS_REVERSED', agent_id: desk.agent.id },
  ]);
  for (const { id } of [desk.admin, second!]) {
    expect(subjectsTo(await addressOf(desk, id)).sort()).toEqual([
      expect.stringMatching(/an emergency pass was used$/),
      expect.stringMatching(/no day passes left$/),
    ]);
  }
  const reversed = mails.received.filter(({ source }) => source.includes('Wrong ticket'));
  expect(reversed.map(({ to }) => to)).toEqual([[await addressOf(desk, desk.agent.id)]]);
  expect(reversed[0]!.source).toContain('A. Person took back your day pass for 14 June 2034.');
  expect(subjectsTo(await addressOf(desk, gone!.id))).toEqual([]);
});

test('a refused mail is tried again, and its receiver gets it once', async () => {
  const desk = await site.openDesk({ passes: 1 });
  mails.refuseNext(1);
  await desk.enter(desk.agent);
  await retryNow(desk);
  await allIsSent(desk);
  expect(subjectsTo(await addressOf(desk, desk.admin.id))).toHaveLength(1);
});

test('the language is the chosen one, else of the last consent, else of the account; what was switched off is not mailed', async () => {
  const desk = await site.openDesk({ passes: 3, agents: 0 });
  const [ida, mute, kenji] = await desk.addAgents([
    { role: 'ACCOUNT_ADMIN' },
    { type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' },
    { type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' },
  ]);
  await desk.sql(
    `insert into notice_settings (account_id, agent_id, mails_off) values ($1, $2, $3)`,
    [mute!.id, ['BALANCE_EMPTY']],
  );
  await desk.sql(`update accounts set notice_language = 'es' where id = $1`);
  await act(
    desk,
    SetNotificationMailsDocument,
    { settings: [], language: 'JA' },
    { person: kenji! },
  );
  const idaAddress = await addressOf(desk, ida!.id);
  await desk.proceed(ida!, await desk.tokenFor(ida!, { locale: 'de-AT' }));
  const others = await desk.addAgents([{}, {}]);
  for (const agent of others) await desk.enter(agent);
  await allIsSent(desk);
  const languagesTo = async ({ id }: { id: string }) => {
    const address = await addressOf(desk, id);
    const sent = mails.received.filter(({ to }) => to.includes(address));
    return sent.map(({ source }) => /<html lang="(\w+)">/.exec(source)![1]);
  };
  expect(await languagesTo(ida!)).toEqual(['de']);
  expect(await languagesTo(kenji!)).toEqual(['ja']);
  expect(await languagesTo(desk.admin)).toEqual(['es']);
  expect(subjectsTo(await addressOf(desk, mute!.id))).toEqual([]);
  await desk.sql('update accounts set email_notifications_enabled = false where id = $1');
  await desk.add(1);
  await desk.moveClock(25 * 3_600_000);
  await desk.enter((await desk.addAgents([{}]))[0]!);
  await allIsSent(desk);
  expect(await noticesOf(desk)).toHaveLength(2);
  expect(subjectsTo(idaAddress)).toHaveLength(1);
});

test('a wallet that hovers at zero causes one mail in 24 hours', async () => {
  const desk = await site.openDesk({ passes: 1, agents: 3 });
  const address = await addressOf(desk, desk.admin.id);
  await desk.enter(desk.agents[0]!);
  await desk.add(1);
  await desk.enter(desk.agents[1]!);
  await allIsSent(desk);
  expect(subjectsTo(address)).toHaveLength(1);
  expect((await desk.kinds()).filter((kind) => kind === 'DayPassWalletEmpty')).toHaveLength(2);
  await desk.moveClock(24 * 3_600_000);
  await desk.add(1);
  await desk.enter(desk.agents[2]!);
  await allIsSent(desk);
  expect(subjectsTo(address)).toHaveLength(2);
});

test('an invoice stands in the bell, and is mailed by its own mail alone', async () => {
  const desk = await site.openDesk();
  await enterSeller(site.source);
  await enterBuyer(site.source, desk.accountId);
  const [row] = await desk.sql<{ wallet: string }>(
    'select id as wallet from wallets where account_id = $1',
  );
  const writer = openInvoiceWriter(site.service.databaseUrl);
  await writer.issue(desk.accountId, issueOf({ walletId: row!.wallet, currency: 'USD' }));
  await writer.close();
  await allIsSent(desk);
  expect((await noticesOf(desk)).map(({ kind }) => kind)).toEqual(['INVOICE_ISSUED']);
  const address = await addressOf(desk, desk.admin.id);
  expect(subjectsTo(address)).toEqual([expect.stringMatching(/^Rechnung/)]);
});

test('what fell due, and an endpoint that was paused, are reported once, even if their jobs run twice', async () => {
  const desk = await site.openDesk();
  await desk.add(4, { expiresAt: '2034-08-01T00:00:00.000Z' });
  const [lot] = await desk.sql<{ id: string }>(
    'select id from lots where account_id = $1 and expires_at is not null',
  );
  const endpointId = newId();
  await desk.sql(
    `insert into webhook_endpoints (account_id, id, url, kinds, state, sequence, created_at)
     values ($1, $2, 'https://partner.example/hook', '{}', 'PAUSED_FAILING', 0, now())`,
    [endpointId],
  );
  const { accountId } = desk;
  const due = { kind: 'LOT_EXPIRING', subject: lot!.id, at: '2034-07-25T00:00:00.000Z' };
  const requests = [
    { task: 'write-due-notice', payload: { accountId, noticeId: newId(), ...due } },
    {
      task: 'note-webhook-paused',
      payload: { accountId, noticeId: newId(), endpointId, reason: 'GONE' },
    },
    // It has been paused since, or has recovered: there is nothing to say.
    {
      task: 'note-webhook-failing',
      payload: { accountId, noticeId: newId(), endpointId, since: '2034-07-25T00:00:00.000Z' },
    },
  ];
  for (const { task, payload } of [...requests, ...requests]) {
    await desk.sql(
      'insert into job_outbox (account_id, id, task, payload) values ($1, $2, $3, $4)',
      [newId(), task, JSON.stringify(payload)],
    );
    await allIsSent(desk);
  }
  expect((await noticesOf(desk)).map(({ kind }) => kind)).toEqual([
    'LOT_EXPIRING',
    'WEBHOOK_PAUSED',
  ]);
  const [expiring, paused, ...more] = mails.received.filter(({ source }) =>
    source.includes(desk.slug),
  );
  expect(more).toEqual([]);
  expect(expiring!.source).toContain('4 unused day passes');
  expect(expiring!.source).toContain('expire on 31 July 2034');
  expect(paused!.source).toContain('The endpoint at partner.example answered');
});
