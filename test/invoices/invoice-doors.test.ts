import { createHash } from 'node:crypto';
import { invoiceToken } from '../../src/access/invoice-token';
import type { Issue } from '../../src/ledger/books/issue-invoice';
import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { enterBuyer, enterSeller, issueOf, openInvoiceWriter } from '../support/desk/invoices';
import { addKey } from '../support/desk/keys';
import { startMailServer, type MailServer } from '../support/desk/mail-server';

let mails: MailServer;
let site: TestSite;
let writer: ReturnType<typeof openInvoiceWriter>;
let desk: Desk;
let other: Desk;
let id: string;

beforeAll(async () => {
  mails = await startMailServer();
  site = await openTestSite({
    SMTP_URL: mails.url,
    MAIL_FROM: 'Desk <desk@msp.example>',
    PUBLIC_URL: 'https://desk.msp.example',
  });
  await enterSeller(site.source);
  writer = openInvoiceWriter(site.service.databaseUrl);
  [desk, other] = [await site.openDesk(), await site.openDesk()];
  id = await issue(desk);
});

afterAll(async () => {
  await writer.close();
  await site.close();
  await mails.stop();
});

/** Issues a document over three passes to this buyer; answers its id. */
async function issue(to: Desk, buyer: object = {}, more: Partial<Issue> = {}): Promise<string> {
  await enterBuyer(site.source, to.accountId, buyer);
  await to.sql('update billing set billing_email = $2 where account_id = $1', [
    `bills@${to.slug}.example`,
  ]);
  const [wallet] = await to.sql<{ id: string }>(
    'select id from wallets where account_id = $1 and client_id is null',
  );
  const outcome = await writer.issue(to.accountId, issueOf({ walletId: wallet!.id }, more));
  if (!('result' in outcome)) throw new Error(outcome.message);
  return outcome.result.invoiceId;
}

const get = (path: string, bearer?: string) =>
  fetch(`${site.service.url}/invoices/${path}`, {
    headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
  });

const codeOf = async (response: Response) => {
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  return [response.status, errors[0]!.extensions.code];
};

test('an admin reads a document in its three forms, and nothing keeps it', async () => {
  for (const [form, type] of [
    ['html', 'text/html; charset=utf-8'],
    ['pdf', 'application/pdf'],
    ['json', 'application/json; charset=utf-8'],
  ]) {
    const response = await get(`${id}.${form}`, desk.admin.bearer);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('the JSON is exactly the text that was hashed', async () => {
  const text = await (await get(`${id}.json`, desk.admin.bearer)).text();
  const [row] = await desk.sql<{ digest: string }>(
    'select digest from invoices where account_id = $1',
  );
  expect(createHash('sha256').update(text).digest('hex')).toBe(row!.digest);
});

test('the page has no script, and its policy permits only its own style', async () => {
  const response = await get(`${id}.html?language=ja`, desk.admin.bearer);
  const policy = response.headers.get('content-security-policy');
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/);
  const html = await response.text();
  const [, style = ''] = /<style>([^]*)<\/style>/.exec(html)!;
  expect(policy).toContain(createHash('sha256').update(style).digest('base64'));
  expect(html).toContain('<html lang="ja">');
  expect(html).toContain('請求書');
});

test.each(['html', 'pdf', 'json'])('others do not get the %s', async (form) => {
  const file = `${id}.${form}`;
  expect(await codeOf(await get(file))).toEqual([401, 'UNAUTHENTICATED']);
  expect(await codeOf(await get(file, 'nonsense'))).toEqual([401, 'UNAUTHENTICATED']);
  expect(await codeOf(await get(file, desk.agents[0]!.bearer))).toEqual([403, 'FORBIDDEN']);
  expect(await codeOf(await get(file, other.admin.bearer))).toEqual([404, 'NOT_FOUND']);
  const nobodys = `018f0000-0000-7000-8000-000000000001.${form}`;
  expect(await codeOf(await get(nobodys, desk.admin.bearer))).toEqual([404, 'NOT_FOUND']);
});

test.each(['', 'x.html', `${'a'.repeat(36)}.pdf`, '..%2f..%2fetc.html'])(
  'there is nothing at /invoices/%s',
  async (path) => {
    expect((await get(path, desk.admin.bearer)).status).toBe(404);
  },
);

test('a key needs the scope billing:read', async () => {
  const reads = await addKey(desk, { scopes: ['billing:read'] });
  const writes = await addKey(desk, { scopes: ['wallet:write'] });
  expect((await get(`${id}.json`, reads.bearer)).status).toBe(200);
  expect(await codeOf(await get(`${id}.json`, writes.bearer))).toEqual([403, 'FORBIDDEN']);
});

test('the link of a mail shows one document, for 90 days', async () => {
  const { accountId } = desk;
  const link = (at = Date.now(), invoiceId = id, key: Buffer = site.secrets.invoiceLink) =>
    `${id}.html?access=${invoiceToken(key, { accountId, invoiceId }, at)}`;
  expect((await get(link())).status).toBe(200);
  const day = 24 * 3_600_000;
  expect(await codeOf(await get(link(Date.now() - 91 * day)))).toEqual([403, 'FORBIDDEN']);
  const another = link(Date.now(), accountId);
  expect(await codeOf(await get(another))).toEqual([403, 'FORBIDDEN']);
  const forged = link(Date.now(), id, Buffer.alloc(32));
  expect(await codeOf(await get(forged))).toEqual([403, 'FORBIDDEN']);
  expect(await codeOf(await get(`${link()}A`))).toEqual([403, 'FORBIDDEN']);
});

test('an invoice is mailed once with its PDF, in the language of the buyer', async () => {
  const { messageId, subject, source } = await mails.mailTo(`bills@${desk.slug}.example`);
  expect(messageId).toBe(`<${id}@daypass>`);
  expect(subject).toMatch(/^Rechnung TEST-INV-\d+-\d+-1 von Daypass Vertrieb GmbH$/);
  expect(source).toMatch(/^Content-Type: application\/pdf; name=TEST-INV-\d+-\d+-1\.pdf/m);
  expect(source).toContain('JVBERi0xLj');
  expect(source).toMatch(/Guten Tag Kestrel IT GmbH,/);
});

test('if no font can write the document, the mail has the link to the page alone', async () => {
  const japanese = await issue(other, { name: '株式会社ケストレル', country: 'JP' });
  const { subject, source } = await mails.mailTo(`bills@${other.slug}.example`);
  expect(subject).not.toBe('');
  expect(source).not.toMatch(/application\/pdf/);
  const [, path = ''] = /https:\/\/desk\.msp\.example\/invoices\/(\S+)/.exec(source)!;
  const page = await get(path);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('株式会社ケストレル');
  const pdf = await get(`${japanese}.pdf`, other.admin.bearer);
  expect(await codeOf(pdf)).toEqual([404, 'NOT_FOUND']);
  // All documents before it were mailed by then, each once.
  const ids = mails.received.map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(ids.length);
});
