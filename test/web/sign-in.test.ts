import type { Page } from 'playwright-core';
import { apiAddress } from '../support/browser/api-address';
import { SetIdentityProviderDocument } from '../generated/operations';
import { dataOf, type Desk } from '../support/desk/desk';
import { clientId, TestIdentityProvider } from '../support/desk/identity-provider';
import { complaintsOfAxe, goWithin, openPagesSite, type PagesSite } from '../support/browser/pages';
import { invite } from '../support/desk/invitations';
import { startReplica } from '../support/desk/replica';
import { longTest } from '../support/size';

let at: PagesSite;
let desk: Desk;

const development = {
  NODE_ENV: 'development',
  DAYPASS_DEMO: 'false',
  DAYPASS_LOCAL_ISSUER: 'true',
  DAYPASS_PRIVATE_ISSUERS: 'true',
};

beforeAll(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  at = await openPagesSite(development);
  desk = await at.site.openDesk();
  await desk.sql('update agents set name = $3 where account_id = $1 and id = $2', [
    desk.agent.id,
    agentName,
  ]);
});
afterEach(() => at.closeWindows());
afterAll(async () => {
  await at.close();
  jest.restoreAllMocks();
});

/** The name of the signed-in person in the frame. */
const me = (page: Page, name: string) => page.getByRole('banner').getByRole('button', { name });
const agentName = 'Grace Vimes';

test('each tab is a person of its own, also after a reload, until it is signed out', async () => {
  const window = await at.openWindow();
  const tabs = [await window.newPage(), await window.newPage()];
  const names = [];
  for (const [tab, role] of [
    [tabs[0]!, 'account admin'],
    [tabs[1]!, 'occasional agent'],
  ] as const) {
    await tab.goto(at.site.service.url);
    const choice = tab.getByRole('button', { name: role }).first();
    names.push((await choice.innerText()).split('\n').at(-1)!.trim());
    await choice.click();
    await me(tab, names.at(-1)!).waitFor();
  }
  await tabs[0]!.waitForURL('**/admin');
  await tabs[1]!.waitForURL('**/portal/mine');
  for (const [index, tab] of tabs.entries()) {
    await tab.reload();
    await me(tab, names[index]!).waitFor();
  }
  await me(tabs[0]!, names[0]!).click();
  await tabs[0]!.getByRole('menuitem', { name: 'Sign out' }).click();
  await tabs[0]!.getByText('You are signed out.').waitFor();
  expect(await me(tabs[1]!, names[1]!).isVisible()).toBe(true);
});

longTest('a person who has to sign in again returns to the same page', async () => {
  const window = await at.openWindow();
  const page = await at.openAs(window, { ...desk.admin, bearer: 'no.such.bearer' }, '/portal/mine');
  await page.getByText('Your session has ended').waitFor();
  await page.getByText('Sign in with a bearer token').click();
  const field = page.getByRole('textbox', { name: 'Bearer token' });
  const signIn = page.getByRole('button', { name: 'Sign in', exact: true });
  // A wrong one is refused at its field, before any session begins.
  for (const [wrong, says] of [
    ['', 'Paste a bearer token.'],
    ['not.a.token', 'This token is not valid, or no longer valid.'],
    ['eyJ…', 'This token is not valid, or no longer valid.'],
  ] as const) {
    await field.fill(wrong);
    await signIn.click();
    await page.getByRole('alert').getByText(says).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
  }
  await field.fill(`Bearer ${desk.admin.bearer}`);
  await signIn.click();
  await page.getByRole('heading', { name: 'My tickets' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/portal/mine');

  // The next person in the tab may be of another account: no request names the first one's.
  await me(page, 'A. Person').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByText('Sign in with a bearer token').click();
  const next = await at.site.openDesk();
  await field.fill(next.admin.bearer);
  const asked = page.waitForRequest(apiAddress);
  await signIn.click();
  expect(new URL((await asked).url()).pathname).toBe('/graphql');
  await page.waitForURL('**/admin');
});

longTest('the account’s own provider signs people in, by code and PKCE', async () => {
  const provider = await TestIdentityProvider.start();
  const { url } = at.site.service;
  await provider.addPage(`${url}/signed-in/${desk.slug}`);
  const [agent] = await desk.sql<{ email: string }>(
    'select email from agents where account_id = $1 and id = $2',
    [desk.agent.id],
  );
  await provider.addPerson('somebody', { email: agent!.email, email_verified: true });
  const answer = await at.site.service.request(SetIdentityProviderDocument, {
    token: desk.admin.bearer,
    variables: { input: { issuer: provider.issuer, clientId } },
  });
  expect(dataOf(answer).setIdentityProvider!.userErrors).toEqual([]);

  const page = await (await at.openWindow()).newPage();
  await page.goto(`${url}/portal/mine`);
  const name = page.getByLabel('Service desk', { exact: true });
  const next = page.getByRole('button', { name: 'Continue' });
  for (const [wrong, says] of [
    ['ada@acme.example', 'It is neither an email address nor a web address.'],
    ['Müller', 'only the letters a to z'],
    ['nobody', 'No service desk with this name has an identity provider.'],
  ] as const) {
    await name.fill(wrong);
    await next.click();
    await page.getByRole('alert').getByText(says).waitFor();
  }
  await name.fill(` ${desk.slug.toUpperCase()} `);
  await page.route(`**/sign-in/${desk.slug}`, (route) => route.fulfill({ body: '<h1>Proxy</h1>' }));
  await next.click();
  await page.getByText('The service did not answer.').waitFor();
  await page.unrouteAll();
  await page.route(`${provider.issuer}/**`, (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await next.click();
  await page.getByText('The identity provider cannot be reached.').waitFor();
  await page.unrouteAll();
  // Another try still leads to the page that was wanted, and the name needs no second typing.
  await page.getByRole('link', { name: 'Back to sign-in' }).click();
  await next.click();
  await me(page, agentName).waitFor();
  expect(page.url()).toBe(`${url}/portal/mine`);
  expect(await page.evaluate('document.referrer + location.search')).not.toContain('code');

  // A link that somebody else made signs nobody in.
  await page.goto(`${url}/signed-in/${desk.slug}?code=stolen&state=guessed`);
  await page.getByText('This sign-in was not started in this tab.').waitFor();
  await provider.stop();
});

test('production offers no demo users, and a page of another site cannot list them', async () => {
  const production = await startReplica(at.site.service.databaseUrl, {
    NODE_ENV: 'production',
    DAYPASS_LOCAL_ISSUER: 'true',
  });
  for (const path of ['/dev/people', '/dev/sign-in', '/dev/inbox', '/dev/mails']) {
    expect((await fetch(`${production.url}${path}`)).status).toBe(404);
  }
  const page = await (await fetch(production.url)).text();
  expect(page).toContain('name="daypass-sign-in" content="bearer"');
  await production.stop();
  const foreign = await fetch(`${at.site.service.url}/dev/people`, {
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect(foreign.status).toBe(403);
});

longTest('axe finds no violation in the sign-in and the development inbox', async () => {
  const page = await (await at.openWindow()).newPage();
  await page.goto(`${at.site.service.url}/sign-in`);
  await page.getByRole('heading', { name: 'Try the sandbox' }).waitFor();
  await page.getByText('account admin').waitFor();
  expect(await complaintsOfAxe(page)).toEqual([]);
  // To the inbox of a development, without another load.
  await invite(desk, { name: '<b>Ida</b>', email: 'ida@new.example' });
  await goWithin(page, '/dev/inbox');
  const mail = page.getByRole('article').filter({ hasText: 'ida@new.example' });
  const link = await mail.getByRole('link').getAttribute('href');
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/activate#[\w-]{86}$/);
  expect(await page.locator('article b').count()).toBe(0);
  expect(await complaintsOfAxe(page)).toEqual([]);
});

longTest(
  'the documentation is read without a sign-in: search, contents, on a phone, in the chosen theme',
  async () => {
    const window = await at.openWindow({ viewport: { width: 390, height: 844 } });
    const page = await window.newPage();
    await page.goto(`${at.site.service.url}/sign-in`);
    await page.getByRole('link', { name: 'Documentation' }).click();
    const search = page.getByRole('searchbox');
    await search.fill('cluster CITUS');
    const found = page.getByRole('link', { name: 'A cluster with Citus' });
    await found.waitFor();
    expect(await page.getByRole('link', { name: 'Webhooks', exact: true }).isVisible()).toBe(false);
    expect(await complaintsOfAxe(page)).toEqual([]);
    await search.fill('qwertz');
    await page.getByRole('status').getByText('Nothing found').waitFor();
    await search.fill('citus');
    await found.click();
    await page.waitForURL('**/docs/scale#a-cluster-with-citus');
    const tooWide = () =>
      page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
    expect(await tooWide()).toBe(false);
    await page.goto(`${at.site.service.url}/docs/reference`);
    await page.getByText('On this page').first().click();
    expect(await tooWide()).toBe(false);
    expect(await complaintsOfAxe(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    const contents = page.getByRole('navigation', { name: 'On this page' });
    await contents.getByRole('link').first().waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
    // The theme that was chosen in the other pages.
    await page.evaluate(`localStorage.setItem('mantine-color-scheme-value', 'dark')`);
    await page.reload();
    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe(
      'dark',
    );
  },
);

longTest(
  'a page whose parts no longer exist, as after an upgrade, says so and can be reloaded',
  async () => {
    const page = await at.openAs(await at.openWindow(), desk.admin, '/portal/mine');
    await page.getByRole('heading', { name: 'My tickets' }).waitFor();
    await page.route('**/assets/**', (route) => route.fulfill({ status: 404, body: '' }));
    await page.getByRole('link', { name: 'Day passes' }).first().click();
    await page.getByRole('heading', { name: 'This page could not be shown' }).waitFor();
    await page.unroute('**/assets/**');
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await at.closeWindows(/404|Unable to preload/);
  },
);

longTest(
  'axe finds no violation in the user menu and at an address without a page, which browsers see as a page',
  async () => {
    const page = await at.openAs(await at.openWindow(), desk.admin, '/portal/nowhere');
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    await page.getByRole('banner').getByRole('button').last().click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
    // The explorer opens as the same user; its editor itself, some megabytes, is not loaded here.
    await page.route('**/graphiql/graphiql.js', (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: 'window.YogaGraphiQL = { renderYogaGraphiQL() {} };',
      }),
    );
    await page.getByRole('menuitem', { name: 'API explorer' }).click();
    await page.getByRole('status').getByText('Signed in as A. Person').waitFor();
    // Without a sign-in: our page for browsers, JSON for programs.
    const nowhere = `${at.site.service.url}/nowhere/at/all`;
    const stranger = await (await at.openWindow()).newPage();
    expect((await stranger.goto(nowhere))!.status()).toBe(404);
    await stranger.getByRole('link', { name: 'Go to the start page' }).waitFor();
    const answer = await fetch(nowhere);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    await at.closeWindows(/status of 404/);
  },
);
