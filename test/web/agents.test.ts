import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { apiAddress } from '../support/browser/api-address';
import type { NewAgent } from '../../src/agents/create-agents';
import { ticketInput, upsertTickets } from '../support/desk/catalogue';
import { eventually, type Desk, type Person } from '../support/desk/desk';
import { startMailServer, type MailServer } from '../support/desk/mail-server';
import { openLongNamedDesk, whatDoesNotFit } from '../support/browser/long-names';
import { unreachedByKeyboard } from '../support/browser/keyboard';
import { complaintsOfAxe, goWithin, openPagesSite, type PagesSite } from '../support/browser/pages';
import { act as actAs, agentNode } from '../support/desk/streams';
import { DeleteAgentDocument } from '../generated/operations';
import { longTest } from '../support/size';

let at: PagesSite;
let mails: MailServer;

beforeAll(async () => {
  mails = await startMailServer();
  at = await openPagesSite({
    SMTP_URL: mails.url,
    MAIL_FROM: 'desk@msp.example',
    PUBLIC_URL: 'https://desk.msp.example',
  });
});
afterEach(() => at.closeWindows());
afterAll(async () => {
  await at.close();
  await mails.stop();
});

/** A desk whose admin has a name of her own, with an agent of each name given. */
async function openDesk(agents: Partial<NewAgent>[] = []) {
  const desk = await at.site.openDesk({ agents: 0, passes: 5 });
  await desk.sql(`update agents set name = 'Wanda Admin' where account_id = $1`);
  return { desk, agents: await desk.addAgents(agents) };
}

const openAgents = async (desk: Desk, query = '') =>
  at.openAs(await at.openWindow(), desk.admin, `/admin/agents${query}`);

const openAgent = async (desk: Desk, agent: Person, person: Person = desk.admin) =>
  at.openAs(await at.openWindow(), person, addressOf(agent));

const addressOf = (agent: Person) => `/admin/agents/${encodeURIComponent(agentNode(agent))}`;

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const names = (page: Page) => page.locator('tbody a[href^="/admin/agents/"]').allInnerTexts();
const said = (page: Page, text: string) => page.getByText(text).first().waitFor();

/** Opens a dialog and confirms it. */
async function act(page: Page, name: string): Promise<void> {
  await button(page, name).click();
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

test('an invited agent gets a mail, is listed as invited, and as active once the link was used', async () => {
  const { desk } = await openDesk();
  const page = await openAgents(desk);
  await button(page, 'Invite an agent').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Noa Levy');
  await dialog.getByLabel('Email').fill('Noa@new.example');
  await dialog.getByText('An email with an activation link').waitFor();
  await dialog.getByRole('combobox', { name: 'Time zone' }).fill('eastern time');
  await page.getByRole('option', { name: /^Eastern Time \(US & Canada\)/ }).click();
  await dialog.getByRole('checkbox', { name: 'Reports' }).uncheck();
  // Two clicks before anything is drawn again.
  await dialog.getByRole('button', { name: 'Invite' }).evaluate((element) => {
    const invite = element as unknown as { click(): void };
    invite.click();
    invite.click();
  });
  await said(page, 'A link is on its way to noa@new.example.');
  await row(page, 'Noa Levy').getByText('Invited').waitFor();
  expect(await row(page, 'Noa Levy').innerText()).toContain('New York');

  const { source } = await mails.mailTo('noa@new.example');
  const [path] = /\/activate#[\w-]+/.exec(source)!;
  const theirs = await (await at.openWindow()).newPage();
  await theirs.goto(at.site.service.url + path);
  await theirs.getByRole('button', { name: 'Activate' }).waitFor();
  await theirs.getByText(`Noa Levy, you are invited to work at the service desk of`).waitFor();
  await theirs.getByText('You will sign in as noa@new.example.').waitFor();
  // The token has left the address, and nothing has happened before the click.
  expect(await theirs.evaluate('location.pathname + location.hash')).toBe('/activate');
  expect(await complaintsOfAxe(theirs)).toEqual([]);
  await row(page, 'Noa Levy').getByText('Invited').waitFor();
  await theirs.getByRole('button', { name: 'Activate' }).dblclick();
  await theirs.getByText('Your account is active. Sign in as noa@new.example.').waitFor();
  await theirs.getByRole('heading', { name: 'You can sign in now' }).waitFor();
  const next = await theirs.getByRole('link', { name: 'Sign in' }).getAttribute('href');
  expect(next).toContain(`/sign-in?account=${desk.slug}`);
  // The sign-in is that of the same service desk.
  await theirs.getByRole('link', { name: 'Sign in' }).click();
  expect(await theirs.getByLabel('Service desk', { exact: true }).inputValue()).toBe(desk.slug);
  await theirs.locator('main').getByText(desk.slug, { exact: true }).waitFor();
  await theirs.goBack();
  // Another link in the same tab, which is not valid.
  await theirs.evaluate(`location.hash = 'nonsense'`);
  await theirs.getByText('This link is no longer valid.').waitFor();
  await page.reload();
  // Only a status that is not "active" is shown.
  await row(page, 'Noa Levy').waitFor();
  expect(await row(page, 'Noa Levy').getByText('Invited').count()).toBe(0);
  // The second click of the two invited nobody again.
  expect(mails.received.filter(({ to }) => to.includes('noa@new.example'))).toHaveLength(1);
});

longTest(
  'a file is checked, shown row by row and imported; the list is exported with the same columns',
  async () => {
    const { desk } = await openDesk([
      { name: 'Old Name', email: 'known@desk.example', timeZone: 'Europe/Berlin' },
      { name: 'Gone', email: 'gone@desk.example', status: 'DEACTIVATED' },
    ]);
    const page = await openAgents(desk);
    await page.getByRole('link', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Import agents' }).waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
    const lines = [
      'First name,Last name,Email,Occasional,Time zone,Phone',
      'Noa,Levy,noa.levy@new.example,true,Pacific Time (US & Canada),1',
      'New,Name,Known@desk.example,true,Berlin,2',
      'Gone,,gone@desk.example,,,3',
      'Zoe,,zoe@new.example,true,Middle Earth,4',
      ...Array.from({ length: 118 }, (_, at) => `P,${at},p${at}@new.example,false,Tokyo,`),
    ];
    const buffer = Buffer.from(lines.join('\r\n'));
    const file = { name: 'agents.csv', mimeType: 'text/csv', buffer };
    await page.locator('input[type=file]').setInputFiles(file);
    await button(page, 'Import 120 agents').waitFor();
    await said(page, 'Columns that are not imported: Phone.');
    const cells = (name: string) => row(page, name).locator('td').allInnerTexts();
    const changed = await cells('known@');
    expect([changed[1], changed[3]]).toEqual(['Change', 'Old Name → New Name']);
    expect(await cells('gone@')).toContain('This agent is deactivated. Reactivate them first.');
    expect((await cells('zoe@'))[1]).toBe('Cannot import');
    expect(await complaintsOfAxe(page)).toEqual([]);
    const count = () => desk.sql('select count(*)::int as n from agents where account_id = $1');
    expect(await count()).toEqual([{ n: 3 }]);

    await button(page, 'Import 120 agents').click();
    const results = page.waitForEvent('download');
    await button(page, 'Download results').click();
    const text = await readFile(await (await results).path(), 'utf8');
    expect(text).toContain(
      '2,"Noa Levy","noa.levy@new.example","Added","The invitation is sent by email.",',
    );
    expect(text.match(/"Added"/g)).toHaveLength(119);
    expect(await count()).toEqual([{ n: 122 }]);
    const made = await desk.sql(
      `select name, type, time_zone, sections from agents where account_id = $1
     and email in ('known@desk.example', 'noa.levy@new.example') order by email`,
    );
    expect(made).toMatchObject([
      { name: 'New Name', type: 'OCCASIONAL' },
      { name: 'Noa Levy', time_zone: 'America/Los_Angeles', sections: ['TICKETS'] },
    ]);
    await mails.mailTo('noa.levy@new.example');

    await page.getByRole('link', { name: 'All agents' }).click();
    await page.getByLabel('Search').fill('noa');
    await row(page, 'Noa Levy').waitFor();
    await eventually(async () => expect(await names(page)).toEqual(['Noa Levy']));
    const list = page.waitForEvent('download');
    await button(page, 'Export CSV').click();
    const exported = await readFile(await (await list).path(), 'utf8');
    expect(exported).toContain('"Noa Levy","noa.levy@new.example","TRUE","Agent","Invited",');
  },
);

longTest(
  'an address that is in use is reported at its field; if emails are off the link is shown, and the agent can be invited again',
  async () => {
    const { desk } = await openDesk([
      { name: 'Ben Ito', status: 'INVITED' },
      { email: 'ida@desk.example' },
    ]);
    await desk.sql('update accounts set email_notifications_enabled = false where id = $1');
    const page = await openAgents(desk);
    await button(page, 'Invite an agent').click();
    await page.getByLabel('Name').fill('Ida again');
    await page.getByLabel('Email').fill('ida@desk.example');
    await button(page, 'Invite').click();
    await said(page, 'Another agent of this service desk already has this email address.');
    const field = page.getByLabel('Email');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const described = (await field.getAttribute('aria-describedby'))!.split(' ');
    const words = await Promise.all(
      described.map((id) => page.locator(`[id="${id}"]`).innerText()),
    );
    expect(words.join(' ')).toContain('Look for them in the list');
    await button(page, 'Cancel').click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    await row(page, 'Ben Ito').getByRole('link', { name: 'Ben Ito' }).click();
    await button(page, 'Invite again').click();
    await said(page, 'Email notifications are off, so no email is sent.');
    await page.getByRole('dialog').getByRole('button', { name: 'Invite again' }).click();
    const link = await page.getByLabel('Activation link', { exact: true }).innerText();
    expect(link).toMatch(/^https?:\/\/\S+\/activate#\S{40,}$/);
    await button(page, 'Done').click();
    await desk.sql('update accounts set email_notifications_enabled = true where id = $1');
    await page.reload();
    await button(page, 'Invite again').click();
    await said(page, 'An email with an activation link');
    await page.getByRole('dialog').getByRole('button', { name: 'Invite again' }).click();
    await said(page, 'A new link is on its way to');
    const [{ email } = { email: '' }] = await desk.sql<{ email: string }>(
      `select email from agents where account_id = $1 and name = 'Ben Ito'`,
    );
    await mails.mailTo(email);
  },
);

longTest('while the pointer is on a name, the page behind it is loaded', async () => {
  const { desk } = await openDesk([{ name: 'Otto Occasional' }]);
  const page = await openAgents(desk);
  // A page that other tests have seen may be loaded already.
  await page.reload();
  const name = page.getByRole('link', { name: 'Otto Occasional' });
  await name.waitFor();
  await page.waitForLoadState('networkidle');
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url());
  });
  await name.hover();
  await eventually(async () => expect(scripts).not.toEqual([]));
  await page.waitForLoadState('networkidle');
  scripts.length = 0;
  await name.click();
  await page.getByRole('heading', { level: 1, name: 'Otto Occasional' }).waitFor();
  expect(scripts).toEqual([]);
});

longTest('the list is searched, filtered and sorted, and its address keeps that', async () => {
  const { desk } = await openDesk([
    { name: 'Bo', type: 'FULL_TIME' },
    { name: 'Cy', status: 'DEACTIVATED' },
    { name: 'Di' },
  ]);
  const page = await openAgents(desk);
  await eventually(async () =>
    expect(await names(page)).toEqual(['Bo', 'Cy', 'Di', 'Wanda Admin']),
  );
  await page.getByRole('button', { name: 'Agent', exact: true }).click();
  await eventually(async () =>
    expect(await names(page)).toEqual(['Wanda Admin', 'Di', 'Cy', 'Bo']),
  );
  await page.getByLabel('Type').selectOption('Occasional');
  await eventually(async () => expect(await names(page)).toEqual(['Di', 'Cy']));
  await page.getByLabel('Status').selectOption('Active');
  await eventually(async () => expect(await names(page)).toEqual(['Di']));
  const { search } = new URL(page.url());
  expect(search).toBe('?by=NAME&order=DESC&type=OCCASIONAL&status=ACTIVE');

  await page.reload();
  await eventually(async () => expect(await names(page)).toEqual(['Di']));
  await page.getByLabel('Search').fill('nobody');
  await said(page, 'No agents match');
  await button(page, 'show all agents').click();
  await eventually(async () => expect(await names(page)).toHaveLength(4));
  expect(await page.getByLabel('Search').inputValue()).toBe('');
});

longTest(
  'a list of more than a page has several pages, and all that match a filter are chosen at once',
  async () => {
    const many = Array.from({ length: 24 }, (_, place) => ({ name: `B${10 + place}` }));
    const { desk } = await openDesk(many);
    const page = await openAgents(desk);
    await said(page, '25 in total');
    await button(page, 'Next').click();
    await eventually(async () =>
      expect(await names(page)).toEqual(['B30', 'B31', 'B32', 'B33', 'Wanda Admin']),
    );
    await button(page, 'Previous').click();
    await eventually(async () => expect(await names(page)).toHaveLength(20));

    // The other pages are offered when all of this page are chosen.
    await page.getByLabel('Type').selectOption('Occasional');
    await said(page, '24 in total');
    await page.getByRole('checkbox', { name: 'Choose all rows of this page' }).check();
    await said(page, '20 chosen');
    await button(page, 'Choose all 24 that match').click();
    await said(page, '24 chosen');
    await button(page, 'Choose all 24 that match').waitFor({ state: 'hidden' });
    await button(page, 'Make full-time').click();
    await button(page, 'Make 24 agents full-time').click();
    await said(page, '24 agents done.');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    expect(
      await desk.sql(`select count(*)::int as n from agents where account_id = $1
    and type = 'FULL_TIME'`),
    ).toEqual([{ n: 25 }]);
    await page.getByLabel('Type').selectOption('Full-time');
    await page.getByLabel('Rows per page').selectOption('50');
    await eventually(async () => expect(await names(page)).toHaveLength(25));
    await page.reload();
    await eventually(async () => expect(await names(page)).toHaveLength(25));
  },
);

longTest(
  'chosen agents are changed together: a preview, then the result of each row, and nothing twice',
  async () => {
    const { desk, agents } = await openDesk([
      { name: 'Ann' },
      { name: 'Ben', type: 'FULL_TIME' },
      { name: 'Cyd' },
      { name: 'Dan', status: 'DEACTIVATED' },
      { name: 'Eve', status: 'INVITED' },
    ]);
    const page = await openAgents(desk);
    const box = (name: string) =>
      page.getByRole('checkbox', { name: `Choose ${name}`, exact: true });
    const chosen = (count: number) => said(page, `${count} chosen`);
    // By keyboard: Space, then the arrow with Shift; then a range by a click with Shift.
    await box('Ann').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await chosen(2);
    await box('Eve').click({ modifiers: ['Shift'] });
    await chosen(5);
    await box('all rows of this page').check();
    await chosen(6);
    expect(await complaintsOfAxe(page)).toEqual([]);
    expect(await unreachedByKeyboard(page)).toEqual([]);

    await button(page, 'Make occasional').click();
    const dialog = page.getByRole('dialog');
    const details = (name: string) => dialog.getByRole('row').filter({ hasText: name }).innerText();
    await button(page, 'Make 1 agent occasional').waitFor();
    expect(await details('Ann')).toContain('Is occasional already.');
    expect(await details('Ben')).toContain('Full-time → Occasional');
    expect(await details('Wanda Admin')).toContain('This is you.');
    expect(await complaintsOfAxe(page)).toEqual([]);
    await button(page, 'Cancel').click();

    await button(page, 'Make full-time').click();
    await button(page, 'Make 4 agents full-time').waitFor();
    // A colleague is faster with one of them, and deletes another.
    await actAs(desk, DeleteAgentDocument, { agentId: agentNode(agents[4]!) });
    await button(page, 'Make 4 agents full-time').click();
    await said(page, '3 agents done, 1 agent failed.');
    expect(await details('Eve')).toContain('This no longer exists, or you cannot see it.');
    const conversions = () =>
      desk.sql(
        `select count(*)::int as n from audit_events
       where account_id = $1 and action = 'agent.converted'`,
      );
    expect(await conversions()).toEqual([{ n: 3 }]);
    await button(page, 'Try 1 agent again').click();
    await said(page, '3 agents done, 1 agent failed.');
    const results = page.waitForEvent('download');
    await button(page, 'Download results').click();
    const text = await readFile(await (await results).path(), 'utf8');
    expect(text).toContain('"Ann","');
    expect(text.match(/"Is full-time now."/g)).toHaveLength(3);
    expect(await conversions()).toEqual([{ n: 3 }]);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    // Those that were not changed stay chosen.
    await chosen(3);
    await row(page, 'Ann').getByText('Full-time').waitFor();
  },
);

longTest(
  'name, zone, role and sections are changed; a change of permissions is confirmed first',
  async () => {
    const { desk, agents } = await openDesk([{ name: 'Di' }]);
    const page = await openAgent(desk, agents[0]!);
    await page.getByRole('heading', { level: 1, name: 'Di' }).waitFor();
    await button(page, 'Change details').click();
    await page.getByLabel('Name').and(page.locator(':focus')).waitFor();
    await page.getByLabel('Name').fill('Diana');
    await button(page, 'Save changes').click();
    await page.getByRole('heading', { level: 1, name: 'Diana' }).waitFor();
    await button(page, 'Change details').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Time zone' }).fill('new york');
    await page.getByRole('option', { name: 'America/New_York', exact: true }).click();
    await page.getByLabel('Account admin').check();
    await button(page, 'Save changes').click();
    await said(page, 'Change the permissions of Diana?');
    await button(page, 'Change permissions').click();
    // The first change was said in the same words: the dialog closes with the second.
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const [kept] = await desk.sql(
      'select name, time_zone, role, sections from agents where account_id = $1 and id = $2',
      [agents[0]!.id],
    );
    expect(kept).toMatchObject({
      name: 'Diana',
      time_zone: 'America/New_York',
      role: 'ACCOUNT_ADMIN',
    });
  },
);

longTest(
  'an address is changed after a confirmation, and an agent who is only invited is deleted',
  async () => {
    const { desk, agents } = await openDesk([
      { name: 'Di', email: 'di@desk.example' },
      { name: 'In', email: 'in@desk.example', status: 'INVITED' },
    ]);
    const page = await openAgent(desk, agents[0]!);
    await button(page, 'Change details').click();
    await page.getByLabel('Email').fill('diana@desk.example');
    await button(page, 'Save changes').click();
    await said(page, 'di@desk.example is free again and receives an email about the change.');
    await button(page, 'Change address').click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await mails.mailTo('di@desk.example');
    await page.getByRole('link', { name: 'All agents' }).click();
    await row(page, 'In').getByRole('link', { name: 'In', exact: true }).click();
    await act(page, 'Delete');
    await said(page, 'In is deleted.');
    await eventually(async () => expect(await names(page)).toEqual(['Di', 'Wanda Admin']));
  },
);

longTest(
  'an agent is made full-time and occasional again, and the page explains what happens to the day’s pass',
  async () => {
    const { desk, agents } = await openDesk([{ name: 'Di' }]);
    await desk.enter(agents[0]!);
    const page = await openAgent(desk, agents[0]!);
    await said(page, 'In until');
    await button(page, 'Make full-time').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('and is not given back').waitFor();
    // The answer is lost, and the page reads the agent again: the open dialog still does what it says.
    let isLost = false;
    await page.route(apiAddress, async (route) => {
      if (isLost || !route.request().postData()?.includes('mutation ConvertAgent')) {
        return route.continue();
      }
      isLost = true;
      await route.fetch();
      await route.abort();
    });
    await dialog.getByRole('button', { name: 'Make full-time' }).click();
    await dialog.getByRole('alert').waitFor();
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`);
    await page.locator('main h2').filter({ hasText: 'Full-time' }).waitFor();
    await dialog.getByRole('button', { name: 'Make full-time' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await said(page, 'Di is now full-time. Today’s day pass stays active until');
    await act(page, 'Make occasional');
    await said(page, 'Di is now occasional. Today’s day pass still lets them in until');
    await page.getByRole('cell', { name: 'Active' }).waitFor();
  },
);

longTest('the last full-time admin cannot be changed, and the page says why', async () => {
  const { desk } = await openDesk();
  const page = await openAgent(desk, desk.admin);
  for (const name of ['Make occasional', 'Deactivate']) {
    await button(page, name).click();
    await said(page, 'This is you');
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
    await said(page, 'This is the last active full-time account admin, and one must remain.');
    await button(page, 'Cancel').click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    // The keyboard focus stays where it was.
    await eventually(async () => expect(await page.locator(':focus').innerText()).toBe(name));
  }
});

longTest(
  'a deactivated agent loses access in an open window at once, and has it again when reactivated',
  async () => {
    const { desk, agents } = await openDesk([
      { name: 'Di', email: 'di@desk.example', type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' },
    ]);
    const [agent] = agents;
    const theirs = await openAgents({ ...desk, admin: agent } as Desk);
    await row(theirs, 'Wanda Admin').waitFor();
    const page = await openAgent(desk, agent!);
    await upsertTickets(desk, [
      ticketInput('a', { assigneeEmail: 'di@desk.example' }),
      ticketInput('b', { assigneeEmail: 'di@desk.example' }),
    ]);
    await button(page, 'Deactivate').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Assign them to another agent' }).check();
    await dialog.getByRole('combobox', { name: 'New assignee' }).click();
    await page.getByRole('option', { name: 'Wanda Admin' }).click();
    await dialog.getByRole('button', { name: 'Deactivate', exact: true }).click();
    await said(page, 'Di is deactivated. 2 open tickets reassigned.');
    await row(theirs, 'Wanda Admin').waitFor({ state: 'detached' });
    await page.getByText('Deactivated', { exact: true }).waitFor();
    await act(page, 'Reactivate');
    await said(page, 'Di can sign in again.');
    await row(theirs, 'Wanda Admin').waitFor();
    await act(page, 'Reset sign-in');
    await said(page, 'The sign-in of Di is reset.');
  },
);

longTest(
  'an occasional admin uses a day pass for it, and nothing of it is queried before',
  async () => {
    const { desk, agents } = await openDesk([
      { name: 'Olga', role: 'ACCOUNT_ADMIN', sections: ['REPORTS'] },
    ]);
    const page = await openAgents({ ...desk, admin: agents[0] } as Desk);
    await page.getByRole('button', { name: 'Proceed' }).waitFor();
    expect(await button(page, 'Invite an agent').count()).toBe(0);
    await page.getByRole('button', { name: 'Proceed' }).click();
    await row(page, 'Wanda Admin').waitFor();
    await row(page, 'Olga').getByText('00:00').waitFor();
    expect(await desk.balance()).toBe(4);
  },
);

longTest('on a phone, in light and in dark, nothing is cut off and axe finds nothing', async () => {
  const { desk, agents } = await openDesk([{ name: 'Di' }, { name: 'In', status: 'INVITED' }]);
  await desk.enter(agents[0]!);
  // One name without a space must not push the other columns off the screen.
  await desk.sql('update agents set name = $3 where account_id = $1 and id = $2', [
    agents[1]!.id,
    'Wolfeschlegelsteinhausenbergerdorff'.repeat(2).padEnd(80, '.'),
  ]);
  const window = await at.openWindow({ viewport: { width: 375, height: 740 } });
  const page = await at.openAs(window, desk.admin, '/admin/agents');
  const isWell = async () => {
    expect(await complaintsOfAxe(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
  };
  await row(page, 'Di').waitFor();
  // On a laptop all columns are in view, with the advice and the end of a pass in another zone.
  await desk.sql('update accounts set seat_price_minor = 2900 where id = $1');
  await desk.sql('update agents set sections = $3 where account_id = $1 and id = $2', [
    agents[0]!.id,
    ['TICKETS', 'PROBLEMS', 'CHANGES'],
  ]);
  await page.setViewportSize({ width: 1200, height: 900 });
  await page.reload();
  await page.getByText('Pass or licence').waitFor();
  await page.getByText('Tickets, Problems and 1 more').waitFor();
  const hidden =
    'document.querySelector(".table").scrollWidth - document.querySelector(".table").clientWidth';
  expect(await page.evaluate(hidden)).toBe(0);
  await page.setViewportSize({ width: 375, height: 740 });
  const { width = 0 } = (await row(page, 'Wolfe').getByRole('cell').first().boundingBox()) ?? {};
  expect(width).toBeLessThan(300);
  await isWell();
  await button(page, 'Invite an agent').click();
  await said(page, 'An email with an activation link');
  await isWell();
  // The buttons of a dialog that is longer than the screen stay in view.
  const { y = 0, height = 0 } = (await button(page, 'Invite').boundingBox()) ?? {};
  expect(y + height).toBeLessThanOrEqual(740);
  await button(page, 'Invite').click();
  await said(page, 'Fill in this field.');
  await page.getByLabel('Email').fill('somebody');
  await button(page, 'Invite').click();
  await said(page, 'Enter an email address, such as name@example.com.');
  expect(await page.getByText('Fill in this field.').count()).toBe(1);
  expect(await page.locator('input:focus').getAttribute('data-path')).toBe('name');
  await button(page, 'Cancel').click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: 'Di', exact: true }).click();
  await button(page, 'Make full-time').waitFor();
  await page.getByRole('cell', { name: 'Active' }).waitFor();
  await isWell();
  await button(page, 'Make full-time').click();
  await page.getByRole('dialog').waitFor();
  await isWell();
});

longTest('at 200 % of 1440 no page is wider than the window, and axe finds nothing', async () => {
  const { desk, agents } = await openDesk([{ name: 'Di' }]);
  await upsertTickets(desk, [ticketInput('a')]);
  await desk.enter(agents[0]!);
  const window = await at.openWindow({
    viewport: { width: 720, height: 450 },
    deviceScaleFactor: 2,
  });
  const page = await at.openAs(window, desk.admin, '/admin');
  const wrong: string[] = [];
  // No heading twice in a row: it shows that the next page has come.
  for (const [path, heading] of [
    ['/admin', 'Overview'],
    ['/admin/buy', 'Buy day passes'],
    ['/admin/ledger', 'Ledger'],
    ['/admin/agents', 'Agents'],
    [addressOf(agents[0]!), 'Di'],
    ['/admin/ledger?view=movements', 'Ledger'],
    ['/admin/agents/import', 'Import agents'],
    ['/admin/clients', 'Clients'],
    ['/admin/keys', 'API keys'],
    ['/admin/webhooks', 'Webhooks'],
    ['/admin/audit', 'Audit trail'],
    ['/admin/settings', 'Settings'],
    ['/portal/mine', 'My tickets'],
    ['/portal/desk', 'Tickets'],
  ] as const) {
    await goWithin(page, path);
    await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    const loading = page.getByRole('status', { name: 'Loading' });
    await eventually(async () => expect(await loading.count()).toBe(0));
    const width = await page.evaluate('document.documentElement.scrollWidth');
    if (width !== 720) wrong.push(`${path} is ${String(width)} px wide`);
    wrong.push(...(await complaintsOfAxe(page)).map((complaint) => `${path}: ${complaint}`));
  }
  expect(wrong).toEqual([]);
});

longTest(
  'names of 80 letters push nothing off the screen, and dialogs keep their buttons in view',
  async () => {
    const { desk, idsOf, outsider } = await openLongNamedDesk(at.site);
    await desk.sql(`update accounts set billing_mode = 'BILLED', terms_days = 30 where id = $1`);
    const page = await at.openAs(await at.openWindow(), desk.admin, '/admin');
    const pageOf = async (path: string, type: string) => `${path}/${(await idsOf(type))[0]!}`;
    const wrong: string[] = [];
    for (const path of [
      '/admin',
      '/admin/buy',
      '/admin/orders',
      await pageOf('/admin/orders', 'DayPassOrder'),
      '/admin/ledger',
      '/admin/agents',
      await pageOf('/admin/agents', 'Agent'),
      '/admin/clients',
      await pageOf('/admin/clients', 'Client'),
      '/admin/keys',
      '/admin/webhooks',
      await pageOf('/admin/webhooks', 'WebhookEndpoint'),
      '/admin/audit',
      '/admin/settings',
      '/portal/mine',
      '/portal/desk',
      await pageOf('/portal/desk/tickets', 'Ticket'),
    ]) {
      await goWithin(page, path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      for (const width of [1024, 390]) {
        await page.setViewportSize({ width, height: 844 });
        wrong.push(...(await whatDoesNotFit(page)).map((what) => `${path}, ${width} px: ${what}`));
      }
    }
    expect(wrong).toEqual([]);
    for (const [path, opener] of [
      ['/admin/settings', 'Add a provider'],
      ['/admin/settings', 'Freeze'],
      ['/admin/agents', 'Invite an agent'],
      ['/admin/keys', 'New key'],
      ['/admin/webhooks', 'New webhook'],
    ] as const) {
      await page.setViewportSize({ width: 1024, height: 900 });
      await goWithin(page, path);
      await button(page, opener).first().click();
      for (const viewport of [
        { width: 1024, height: 900 },
        { width: 390, height: 600 },
      ]) {
        await page.setViewportSize(viewport);
        await eventually(async () => {
          const box = await page.getByRole('dialog').getByRole('button').last().boundingBox();
          expect(box!.y + box!.height).toBeLessThanOrEqual(viewport.height);
          expect(box!.x + box!.width).toBeLessThanOrEqual(viewport.width);
        });
      }
      await button(page, 'Cancel').click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    // The pop-up of the gate, over a ticket.
    const window = await at.openWindow({ viewport: { width: 390, height: 600 } });
    const gated = await at.openAs(window, outsider, await pageOf('/portal/desk/tickets', 'Ticket'));
    const box = await gated.getByRole('button', { name: 'Proceed' }).boundingBox();
    expect(box!.y + box!.height).toBeLessThanOrEqual(600);
    expect(await whatDoesNotFit(gated)).toEqual([]);
  },
);
