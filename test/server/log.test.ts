import { PassThrough } from 'node:stream';
import { createLog } from '../../src/core/log';
import { newId } from '../../src/core/ids';
import { ChangeAgentDocument } from '../generated/operations';
import { doors } from '../support/desk/doors';
import { eventually, openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { invite } from '../support/desk/invitations';
import { startMailServer, type MailServer } from '../support/desk/mail-server';
import { agentNode } from '../support/desk/streams';

/** What a caller sends, and what no log may show. */
const secret = 'Secret-Of-Ada';

let mails: MailServer;
let site: TestSite;
let desk: Desk;
let logged = '';

beforeAll(async () => {
  mails = await startMailServer();
  const lines = new PassThrough().on('data', (line) => (logged += String(line)));
  const smtp = {
    SMTP_URL: mails.url,
    MAIL_FROM: 'd@msp.example',
    PUBLIC_URL: 'https://msp.example',
  };
  site = await openTestSite(smtp, createLog({ logLevel: 'trace' }, lines));
  desk = await site.openDesk();
});
afterAll(async () => {
  await site.close();
  await mails.stop();
});

/** From now on the database refuses these values, and names the row. */
const refuse = (table: string, column: string) =>
  site.source.query(
    `alter table ${table} add constraint ${table}_no_secrets check (${column} not like '%Secret-%')`,
  );

const tickets = () => ({
  tickets: [
    {
      ...{ externalId: newId(), subject: `A ${secret}`, requesterName: 'R.' },
      requesterEmail: `${secret}@desk.example`,
    },
  ],
});

test('failures at every door and behind them leave no value in the log of a running service', async () => {
  const token = desk.admin.bearer;
  await refuse('tickets', 'subject');
  await refuse('agents', 'name');
  const query =
    'mutation($tickets: [UpsertTicketInput!]!) { upsertTickets(input: { tickets: $tickets }) { userErrors { code } } }';
  for (const door of doors) {
    const answer = await door.ask(site.service.url, token, { query, variables: tickets() });
    expect(answer.errors?.[0]?.extensions?.code).toBe('INTERNAL_SERVER_ERROR');
  }
  // Of the ledger's writer, which logs what it gives up.
  await site.service.request(ChangeAgentDocument, {
    token,
    variables: { input: { agentId: agentNode(desk.agent), name: secret } },
  });
  // Of a job: the answer of the other side names the recipient of the mail.
  mails.refuseNext(1);
  await invite(desk, { email: `${secret}@desk.example` });
  await eventually(async () => expect(mails.refusals).toBe(1));
  await eventually(async () => expect(logged).toContain('the job runner reports a failure'));

  const lines = logged
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const errors = lines.flatMap(({ err }) => err?.type ?? []);
  expect(errors.filter((type) => type === 'QueryFailedError').length).toBeGreaterThanOrEqual(3);
  expect(errors.length).toBeGreaterThanOrEqual(5);
  for (const text of [secret, secret.toLowerCase(), 'insert into', 'Failing row', token]) {
    expect(lines.filter((line) => JSON.stringify(line).includes(text))).toEqual([]);
  }
});
