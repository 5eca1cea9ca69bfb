import { newId } from '../../src/core/ids';
import { SmtpMailer } from '../../src/mail/smtp-mailer';
import { addressChangedMail } from '../../src/mail/address-changed-words';
import { renderMail } from '../../src/mail/render-mail';
import { sendInvitation } from '../../src/agents/send-invitation';
import { parseNodeId } from '../../src/api/node';
import { eventually, openTestSite, type TestSite } from '../support/desk/desk';
import {
  activate,
  invite,
  jobsOf,
  linkToken,
  mailsWereSent,
  retryNow,
} from '../support/desk/invitations';
import { ChangeAgentDocument } from '../generated/operations';
import { act, agentNode } from '../support/desk/streams';
import { startMailServer, type MailServer } from '../support/desk/mail-server';

let mails: MailServer;
let site: TestSite;

beforeAll(async () => {
  mails = await startMailServer();
  site = await openTestSite({
    SMTP_URL: mails.url,
    MAIL_FROM: 'Desk <desk@msp.example>',
    PUBLIC_URL: 'https://desk.msp.example/daypass/',
  });
});

afterAll(async () => {
  await site.close();
  await mails.stop();
});

const metric = async (outcome: string): Promise<number> => {
  const text = await (await fetch(`${site.service.url}/metrics`)).text();
  const line = new RegExp(`^daypass_jobs_total\\{.*outcome="${outcome}"\\} (\\d+)`, 'm').exec(text);
  return Number(line?.[1] ?? 0);
};

test('an invitation is mailed as text and as HTML, with a link that activates', async () => {
  const desk = await site.openDesk();
  await invite(desk, { name: 'Ada <b>', email: 'ada@new.example' });
  const { from, to, subject, source } = await mails.mailTo('ada@new.example');
  expect({ from, to }).toEqual({ from: 'desk@msp.example', to: ['ada@new.example'] });
  expect(subject).toBe(`${desk.slug} invites you to its service desk`);
  expect(source).toMatch(/^Content-Type: text\/plain/m);
  expect(source).toMatch(/^Content-Type: text\/html/m);
  expect(source).toContain('Hello Ada <b>,');
  expect(source).toContain('Hello Ada &#60;b&#62;,');
  const links = source.match(/https:\/\/desk\.msp\.example\/daypass\/activate#[\w-]+/g)!;
  expect(new Set(links).size).toBe(1);
  const token = links[0].split('#')[1]!;
  expect(await activate(desk, token)).toEqual({ email: 'ada@new.example', userErrors: [] });
  await eventually(async () => expect(await jobsOf(desk)).toEqual([]));
});

test('a name is text for one recipient, whatever it contains', async () => {
  const mailer = new SmtpMailer(mails.url, '"Desk, Berlin" <desk@msp.example>');
  const names = [
    'Li, <b@evil.example>',
    'Li "Bo"; b@evil.example',
    'Li\r\nBcc: b@evil.example',
    'リー',
  ];
  for (const [at, name] of names.entries()) {
    const address = `name-${at}@new.example`;
    const words = { subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' };
    await mailer.send({ id: newId(), accountId: newId(), to: { name, address }, ...words });
    const { from, to, source } = await mails.mailTo(address);
    expect({ from, to }).toEqual({ from: 'desk@msp.example', to: [address] });
    const header = source.slice(0, source.indexOf('\r\n\r\n'));
    expect(header).not.toMatch(/^bcc:/im);
    expect(header).toMatch(new RegExp(`^To: .*<name-${at}@new\\.example>\\r?$`, 'm'));
  }
});

test('after a change of address the old one gets a mail, in the language of the last pass', async () => {
  // A pass is left: no mail about an empty wallet comes while a later test counts.
  const desk = await site.openDesk({ passes: 2 });
  const [ida] = await desk.addAgents([{ name: 'Ida', email: 'ida@old.example' }]);
  const change = (email: string) =>
    act(desk, ChangeAgentDocument, { input: { agentId: agentNode(ida!), email } });
  await change('ida@older.example');
  // Nobody knows a language of hers yet.
  const { source, to, subject } = await mails.mailTo('ida@old.example');
  expect(to).toEqual(['ida@old.example']);
  expect(subject).toBe(`Your address at the service desk of ${desk.slug} was changed`);
  expect(source).not.toContain('ida@older.example');
  await desk.proceed(ida!, await desk.tokenFor(ida!, { locale: 'de-AT' }));
  await change('ida@new.example');
  expect((await mails.mailTo('ida@older.example')).source).toContain('<html lang="de">');
});

test.each([
  ['en', /^Your address/],
  ['de', /^Ihre Adresse/],
  ['es', /^Se ha cambiado su dirección/],
  ['ja', /メールアドレスが変更されました$/],
])('the mail to an old address in %s', (language, subject) => {
  const words = addressChangedMail(language, { agentName: 'Ida', accountName: 'Acme' });
  const { subject: written, text, html } = renderMail(words);
  expect(written).toMatch(subject);
  expect(text).toContain('Ida');
  expect(html).toContain(`<html lang="${language}">`);
  expect(html).not.toContain('<a ');
});

test('an address from before the rule is sent no mail', async () => {
  const desk = await site.openDesk();
  const { agent } = await invite(desk, { email: 'before@new.example' });
  await mails.mailTo('before@new.example');
  // As a release stored it that took `;` for a part of an address.
  await desk.sql(`update agents set email = $3 where account_id = $1 and id = $2`, [
    parseNodeId(agent!.id).id,
    'evil@new.example;before',
  ]);
  const invitationId = (
    await desk.sql<{ id: string }>('select id from invitations where account_id = $1')
  )[0]!.id;
  const send = jest.fn();
  await sendInvitation(
    {
      source: site.source,
      mailer: { send },
      activationKey: site.secrets.activation,
      publicUrl: 'https://desk.msp.example',
    },
    { accountId: desk.accountId, invitationId },
  );
  expect(send).not.toHaveBeenCalled();
});

/**
 * Refuses all mails from now on, until `refuseNext(0)`: a job waits for three seconds before it is tried
 * again, which a slow machine may need for one step of a test. Returns the refusals before.
 */
async function refused(act: () => Promise<unknown>): Promise<number> {
  const { refusals } = mails;
  mails.refuseNext(Infinity);
  await act();
  await eventually(async () => expect(mails.refusals).toBeGreaterThan(refusals));
  return refusals;
}

test('a mail that is refused is sent again, later, and the metrics count it', async () => {
  const desk = await site.openDesk();
  const [retried, done] = [await metric('retried'), await metric('done')];
  const refusals = await refused(() => invite(desk, { email: 'again@new.example' }));
  mails.refuseNext(0);
  await retryNow(desk);
  const { messageId } = await mails.mailTo('again@new.example');
  expect(messageId).toMatch(/^<[0-9a-f-]{36}@daypass>$/);
  await eventually(async () => {
    // The mail of an earlier test may be counted late.
    expect(await metric('retried')).toBeGreaterThanOrEqual(retried + mails.refusals - refusals);
    expect(await metric('done')).toBeGreaterThan(done);
  });
});

test('a link that a newer one has ended meanwhile is not mailed any more', async () => {
  const desk = await site.openDesk();
  let agent: Awaited<ReturnType<typeof invite>>['agent'];
  await refused(async () => {
    ({ agent } = await invite(desk, { email: 'newer@new.example' }));
  });
  await mailsWereSent(desk, '1 minute');
  await invite(desk, { email: 'newer@new.example' });
  mails.refuseNext(0);
  await retryNow(desk);
  await eventually(async () => expect(await jobsOf(desk)).toEqual([]));
  const sent = mails.received.filter(({ to }) => to.includes('newer@new.example'));
  expect(sent).toHaveLength(1);
  expect(sent[0]!.source).toContain((await linkToken(desk, agent!))!);
});

test('a link that was used meanwhile is not mailed any more', async () => {
  const desk = await site.openDesk();
  let agent: Awaited<ReturnType<typeof invite>>['agent'];
  await refused(async () => {
    ({ agent } = await invite(desk, { email: 'used@new.example' }));
  });
  await activate(desk, (await linkToken(desk, agent!))!);
  mails.refuseNext(0);
  await retryNow(desk);
  await eventually(async () => expect(await jobsOf(desk)).toEqual([]));
  expect(mails.received.flatMap(({ to }) => to)).not.toContain('used@new.example');
});

test('an invitation that is rolled back sends nothing', async () => {
  const desk = await site.openDesk();
  await site.source.query(
    'alter table audit_events add constraint none check (occurred_at is null) not valid',
  );
  await expect(invite(desk, { email: 'never@new.example' })).rejects.toThrow();
  await site.source.query('alter table audit_events drop constraint none');
  expect(await jobsOf(desk)).toEqual([]);
  await invite(desk, { email: 'after@new.example' });
  await mails.mailTo('after@new.example');
  expect(mails.received.flatMap(({ to }) => to)).not.toContain('never@new.example');
});

test('the page of the link has a strict policy, and no script of its own', async () => {
  const response = await fetch(`${site.service.url}/activate`);
  const page = await response.text();
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain(`default-src 'none'`);
  expect(policy).toContain(`script-src 'self'`);
  expect(policy).not.toContain('unsafe');
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  for (const [, attributes] of page.matchAll(/<script([^>]*)>/g)) {
    expect(attributes).toMatch(/ src="[^"]+"/);
  }
});
