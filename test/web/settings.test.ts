import type { Page } from 'playwright-core';
import { apiAddress } from '../support/browser/api-address';
import { eventually, type Desk } from '../support/desk/desk';
import { TestIdentityProvider } from '../support/desk/identity-provider';
import { openReceiver, type Receiver } from '../support/desk/receiver';
import { tooLong, tryForm, type TriedForm } from '../support/browser/forms';
import { complaintsOfAxe, goWithin, openPagesSite, type PagesSite } from '../support/browser/pages';
import { agentNode } from '../support/desk/streams';
import { longTest, size } from '../support/size';

let at: PagesSite;
let provider: TestIdentityProvider;
let receiver: Receiver;

beforeAll(async () => {
  provider = await TestIdentityProvider.start();
  receiver = await openReceiver();
  at = await openPagesSite({
    DAYPASS_PRIVATE_ISSUERS: 'true',
    DAYPASS_PRIVATE_WEBHOOKS: 'true',
    DAYPASS_CHANNEL_HOSTS: new URL(receiver.url).host,
  });
});
afterEach(() => at.closeWindows());
afterAll(async () => {
  await at.close();
  await provider.stop();
  await receiver.close();
});

const openDesk = async () => {
  const desk = await at.site.openDesk({ agents: 0, passes: 5 });
  await desk.sql(`update agents set name = 'Wanda Admin' where account_id = $1`);
  desk.agents = await desk.addAgents([{ name: 'Otto Occasional' }]);
  return desk;
};

const open = async (desk: Desk, path: string) =>
  at.openAs(await at.openWindow(), desk.admin, `/admin/${path}`);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const said = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const acts = (page: Page) => page.locator('tbody tr');

async function act(page: Page, name: string): Promise<void> {
  await button(page, name).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: name.split(' ')[0]!, exact: true })
    .click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

test('the account is renamed, also above the page, and e-mails are switched', async () => {
  const desk = await openDesk();
  const page = await open(desk, 'settings');
  await page.getByLabel('Account name').fill('Northlight');
  await page.getByRole('combobox', { name: 'Account time zone' }).fill('Kyiv');
  await page
    .getByRole('option', { name: /Ki?yi?e?v/ })
    .first()
    .click();
  await page.getByRole('switch', { name: 'Email notifications' }).click();
  await page.getByRole('switch', { name: 'Day passes on partners’ pages' }).click();
  await page.getByLabel('Licence price per month').fill('-36');
  await button(page, 'Save account').click();
  await said(page, 'Enter an amount such as 36 or 36.50');
  await page.getByLabel('Licence price per month').fill('36.5');
  await page.getByLabel('Language of notifications').selectOption('Español');
  await page.getByLabel('Dates and numbers').selectOption('de-DE');
  await button(page, 'Save account').dblclick();
  await page.getByRole('banner').getByText('Northlight').waitFor();
  const [account] = await desk.sql(
    `select name, email_notifications_enabled as mails, allow_session_consume as sessions,
       notice_language as language, seat_price_minor as seat
     from accounts where id = $1`,
  );
  expect(account).toEqual({
    ...{ name: 'Northlight', mails: false, sessions: false, language: 'es', seat: 3650 },
  });
  await page.reload();
  expect(await page.getByLabel('Account name').inputValue()).toBe('Northlight');
  // In the notation that was chosen, on every page.
  expect(await page.getByLabel('Licence price per month').inputValue()).toBe('36,50');
  expect(await page.getByRole('combobox', { name: 'Account time zone' }).inputValue()).toMatch(
    /Europe\/K/,
  );
  // Another admin may have changed the other fields meanwhile, so only what was changed is sent.
  const sent = page.waitForRequest((request) =>
    /mutation UpdateAccount\b/.test(request.postData() ?? ''),
  );
  await page.getByLabel('Account name').fill('Northlight Ltd');
  await button(page, 'Save account').click();
  const { variables } = (await sent).postDataJSON() as { variables: object };
  expect(variables).toEqual({ input: { name: 'Northlight Ltd' } });
  await page.getByRole('banner').getByText('Northlight Ltd').waitFor();
  await goWithin(page, '/admin/audit');
  await said(page, /^14\. Jun/);
});

/** Signs in on the page that says that the session has ended. */
async function signInAgain(page: Page, { bearer }: Desk['admin']): Promise<void> {
  await page.getByText('Sign in with a bearer token').click();
  await page.getByRole('textbox', { name: 'Bearer token' }).fill(bearer);
  await button(page, 'Sign in').click();
}

longTest(
  'what was typed and not saved is in the forms again after a new sign-in, for the same person only',
  async () => {
    const desk = await openDesk();
    const [olga] = await desk.addAgents([
      { name: 'Olga', role: 'ACCOUNT_ADMIN', type: 'FULL_TIME' },
    ]);
    const page = await open(desk, 'settings');
    const name = page.getByLabel('Account name');
    const allowance = page.getByLabel('Emergency allowance');
    const before = await name.inputValue();
    await allowance.fill('2');
    await name.fill('Northlight');
    await page.route(apiAddress, async (route) => {
      if (!/mutation UpdateAccount\b/.test(route.request().postData() ?? ''))
        return route.continue();
      const errors = [{ message: 'No', extensions: { code: 'UNAUTHENTICATED' } }];
      return route.fulfill({ status: 401, json: { errors } });
    });
    await button(page, 'Save account').click();
    await said(page, 'Your session has ended');
    await page.unrouteAll();

    await signInAgain(page, olga!);
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    expect(await name.inputValue()).toBe(before);
    expect(await allowance.inputValue()).toBe('0');
    await button(page, 'Olga').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();

    await signInAgain(page, desk.admin);
    await page.waitForURL('**/admin');
    await goWithin(page, '/admin/settings');
    await said(page, 'What you had not saved is in the form again.');
    expect(await page.getByText('What you had not saved').count()).toBe(1);
    expect(await name.inputValue()).toBe('Northlight');
    expect(await allowance.inputValue()).toBe('2');
    // Not saved yet, and only once: who leaves the page now gives it up.
    expect(await button(page, 'Save account').isEnabled()).toBe(true);
    await button(page, 'Save wallet').click();
    await said(page, 'Wallet saved.');
    await page.reload();
    await name.waitFor();
    expect(await name.inputValue()).toBe(before);
    expect(await allowance.inputValue()).toBe('2');
  },
);

longTest(
  'a wallet gets a low balance and an allowance, a wrong value is refused at its field; a frozen one shuts the gate',
  async () => {
    const desk = await openDesk();
    const page = await open(desk, 'settings');
    await page.getByLabel('Low balance').fill('3');
    await page.getByLabel('Emergency allowance').fill('2');
    await button(page, 'Save wallet').click();
    await said(page, 'Wallet saved.');
    const settings = () =>
      desk.sql(
        'select low_balance_threshold as low, emergency_allowance as allowance from wallets where account_id = $1',
      );
    expect(await settings()).toEqual([{ low: 3, allowance: 2 }]);
    // By keyboard alone: up to five alerts, and each can be removed.
    const low = page.getByLabel('Low balance');
    const alerts = async () => {
      const [row] = await desk.sql<{ all: number[] }>(
        'select low_balance_threshold || lower_thresholds as all from wallets where account_id = $1',
      );
      return row!.all;
    };
    for (const number of ['1,000', '4', '2', '1']) {
      await low.fill(number);
      await low.press('Enter');
    }
    await said(
      page,
      'The balance is already at or below 1,000: admins are notified when you save.',
    );
    await low.fill('9');
    await said(page, 'A wallet has at most 5 alerts. Remove one first.');
    await low.fill('x');
    await low.press('Enter');
    await said(page, 'Enter a whole number from 0 to 1,000,000,000.');
    await low.fill('');
    expect(await complaintsOfAxe(page)).toEqual([]);
    await button(page, 'Save wallet').click();
    await eventually(async () => expect(await alerts()).toEqual([1_000, 4, 3, 2, 1]));
    // The answer comes after the change: until then the field takes no key.
    const taken = () => low.and(page.locator(':enabled')).waitFor();
    await taken();
    await low.press('Backspace');
    await button(page, 'Remove the alert at 4').press('Enter');
    await button(page, 'Save wallet').click();
    await eventually(async () => expect(await alerts()).toEqual([1_000, 3, 2]));
    await taken();
    for (let left = 3; left > 0; left -= 1) await low.press('Backspace');
    await button(page, 'Save wallet').click();
    await eventually(async () => expect(await settings()).toEqual([{ low: null, allowance: 2 }]));
    // In our words, at the field; the browser's own bubbles say nothing here.
    for (const typed of ['-3', '1.5']) {
      await page.getByLabel('Emergency allowance').fill(typed);
      await button(page, 'Save wallet').click();
      await said(page, 'Enter a whole number from 0 to 1,000.');
      await page.getByLabel('Emergency allowance').fill('2');
    }
    await page.getByLabel('Wallet name').fill(' ');
    await button(page, 'Save wallet').click();
    await said(page, 'Fill in this field.');
    expect(await page.locator('input:focus').getAttribute('aria-invalid')).toBe('true');
    expect(await settings()).toEqual([{ low: null, allowance: 2 }]);

    await act(page, 'Freeze');
    await said(page, 'nobody can use a day pass from it');
    expect(await desk.ask(desk.agent)).toMatchObject({ allowed: false, reason: 'WALLET_FROZEN' });
    await act(page, 'Unfreeze');
    await button(page, 'Freeze').waitFor();
    expect(await desk.ask(desk.agent)).toMatchObject({ __typename: 'DayPassRequired' });
  },
);

const missing = 'Fill in this field.';
const webAddress = 'Enter a web address that begins with https://.';
const atMost200 = 'Use at most 200 characters.';
const passes = 'Enter a whole number from 1 to 1,000,000.';

/** Every form of the dashboard, filled in wrongly. */
const forms: readonly TriedForm[] = [
  {
    path: 'settings',
    submit: 'Save account',
    fields: [
      ['Account name', tooLong, atMost200],
      [
        'Licence price per month (USD)',
        '1,5',
        'Enter an amount such as 36 or 36.50, or leave it empty.',
      ],
    ],
  },
  {
    submit: 'Save wallet',
    fields: [
      ['Wallet name', '  ', missing],
      ['Low balance', '1,5', 'Enter a whole number from 0 to 1,000,000,000.'],
      ['Emergency allowance', '-3', 'Enter a whole number from 0 to 1,000.'],
    ],
  },
  {
    opener: 'Add a channel',
    submit: 'Add channel',
    fields: [
      ['Webhook URL', 'hooks.example', webAddress],
      ['Name', tooLong, 'Use at most 100 characters.'],
    ],
  },
  {
    opener: 'Add a provider',
    submit: 'Add provider',
    fields: [
      ['Issuer', 'https://', webAddress],
      ['Name', tooLong, 'Use at most 100 characters.'],
      ['Client ID', tooLong, atMost200],
      ['Email claim', ' ', missing],
    ],
  },
  {
    path: 'agents',
    opener: 'Invite an agent',
    submit: 'Invite',
    fields: [
      ['Name', tooLong, atMost200],
      ['Email', 'ada lovelace', 'Enter an email address, such as name@example.com.'],
    ],
  },
  {
    path: 'keys',
    opener: 'New key',
    submit: 'Create key',
    fields: [
      ['Name', ' ', 'Enter a name.'],
      ['Agent', null, 'Choose the agent that the key acts as.'],
      [
        'If a request needs a day pass and the agent has none',
        null,
        'Choose one. It decides what the integration costs.',
      ],
    ],
  },
  {
    path: 'webhooks',
    opener: 'New webhook',
    submit: 'Create webhook',
    fields: [
      ['URL', 'ftp://desk.example', webAddress],
      ['Description', tooLong, atMost200],
    ],
  },
  {
    path: 'ledger',
    opener: 'Grant day passes …',
    submit: 'Grant',
    fields: [
      ['Number of day passes', '1.5', passes],
      ['Reason', 'x'.repeat(501), 'Use at most 500 characters.'],
    ],
  },
  {
    opener: 'Reverse …',
    submit: 'Reverse',
    fields: [['Reason', ' \n', missing]],
  },
];

longTest(
  'forms say in our words what is wrong with a field, have the focus there, and send nothing',
  async () => {
    const desk = await openDesk();
    await desk.enter(desk.agent);
    const page = await open(desk, 'settings');
    const before = await desk.sql('select count(*) from audit_events where account_id = $1');
    for (const form of forms.slice(0, size(5, forms.length))) {
      if (form.path) await goWithin(page, `/admin/${form.path}`);
      await tryForm(page, form);
    }
    expect(await desk.sql('select count(*) from audit_events where account_id = $1')).toEqual(
      before,
    );
    // What the service refuses is said at its field too, until the field is changed.
    await goWithin(page, '/admin/settings');
    await page.getByLabel('Account name').fill('See https://elsewhere.example');
    await page.getByLabel('Account name').press('Enter');
    await said(page, 'name must not contain "://".');
    await eventually(async () =>
      expect(await page.locator('input:focus').getAttribute('aria-invalid')).toBe('true'),
    );
    await page.keyboard.type(' today');
    await page.getByText('name must not contain').waitFor({ state: 'hidden' });
    // Saved by Enter: the focus stays in the field.
    await page.getByLabel('Account name').fill('Northlight');
    await page.getByLabel('Account name').press('Enter');
    await said(page, 'Account saved.');
    await eventually(async () =>
      expect(await page.locator('input:focus').inputValue()).toBe('Northlight'),
    );
  },
);

longTest('a provider is added, offered at the sign-in, switched off and removed', async () => {
  const desk = await openDesk();
  const page = await open(desk, 'settings');
  await said(page, 'No identity providers yet');
  await said(page, `${at.site.service.url}/signed-in/${desk.slug}`);
  await button(page, 'Add a provider').click();
  await page.getByLabel('Issuer').fill('http://somewhere.example/?x=1');
  await page.getByLabel('Client ID').fill('desk-portal');
  await button(page, 'Add provider').click();
  await said(page, 'issuer must be an https URL');
  await page.getByLabel('Issuer').fill(provider.issuer);
  await page.getByRole('dialog').getByLabel('Name').fill('Our people');
  await button(page, 'Add provider').click();
  await page
    .getByRole('row')
    .filter({ hasText: 'Our people' })
    .getByText('Shown', { exact: true })
    .waitFor();
  const offers = async () => {
    const answer = await fetch(`${at.site.service.url}/sign-in/${desk.slug}`);
    const { providers } = (await answer.json()) as { providers: { name: string }[] };
    return providers.map(({ name }) => name);
  };
  await eventually(async () => expect(await offers()).toEqual(['Our people']));

  await button(page, 'Edit Our people').click();
  expect(await page.getByLabel('Issuer').getAttribute('readonly')).not.toBeNull();
  await page.getByRole('switch', { name: 'Accept its tokens' }).click();
  await button(page, 'Save provider').click();
  await page.getByText('Off', { exact: true }).waitFor();
  await eventually(async () => expect(await offers()).toEqual([]));
  await act(page, 'Remove Our people');
  await said(page, 'No identity providers yet');
});

longTest('a channel is added with a masked URL, tested, changed and removed', async () => {
  const desk = await openDesk();
  const page = await open(desk, 'settings');
  await said(page, 'No channels yet');
  await button(page, 'Add a channel').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Webhook URL').fill('https://example.com/services/T1/B1/x');
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Passes');
  await button(page, 'Add channel').click();
  await said(page, 'This is not the URL of a Slack webhook');
  expect(await complaintsOfAxe(page)).toEqual([]);
  await dialog.getByLabel('Webhook URL').fill(`${receiver.url}/hooks/s3cret`);
  await button(page, 'Add channel').click();
  const row = page.getByRole('row').filter({ hasText: 'Passes' });
  await row.getByText(`Slack: ${receiver.url}/•••`).waitFor();

  await button(page, 'Send a test to Passes').click();
  await said(page, 'The test arrived in Passes.');
  expect(receiver.received.map(({ path }) => path)).toEqual(['/hooks/s3cret']);
  receiver.answer = () => 410;
  await button(page, 'Send a test to Passes').click();
  await said(page, 'The test did not arrive in Passes: 410');
  await row.getByText('Failing').waitFor();
  expect(await complaintsOfAxe(page)).toEqual([]);

  await button(page, 'Edit Passes').click();
  expect(await dialog.getByLabel('Webhook URL').inputValue()).toBe(`${receiver.url}/•••`);
  await dialog.getByText('Microsoft Teams').click();
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Bookkeeping');
  for (const kind of ['A wallet is low', 'A wallet is empty']) {
    await dialog.getByRole('checkbox', { name: kind }).uncheck();
  }
  await button(page, 'Save channel').click();
  await page.getByRole('row').filter({ hasText: 'Bookkeeping' }).waitFor();
  const stored = await desk.sql(
    'select kind, name, notices from notice_channels where account_id = $1',
  );
  expect(stored).toMatchObject([{ kind: 'TEAMS', name: 'Bookkeeping' }]);
  expect(JSON.stringify(stored)).not.toContain('BALANCE');
  await act(page, 'Remove Bookkeeping');
  await said(page, 'No channels yet');
});

test('the trail shows who did what to whom, what has changed, and from where', async () => {
  const desk = await openDesk();
  const page = await open(desk, 'audit');
  await acts(page)
    .getByText(/ granted 5 day passes: /)
    .waitFor();
  await goWithin(page, `/admin/agents/${encodeURIComponent(agentNode(desk.agent))}`);
  await button(page, 'Change details').click();
  await page.getByLabel('Name').fill('Otto Renamed');
  await button(page, 'Save changes').click();
  await page.getByRole('heading', { level: 1, name: 'Otto Renamed' }).waitFor();
  await page.getByRole('link', { name: 'Changes to this agent' }).click();
  await acts(page).first().waitFor();
  expect(await acts(page).count()).toBe(1);
  const act = acts(page).first();
  await act.getByText('Wanda Admin changed Otto Renamed').waitFor();
  expect(await act.innerText()).not.toContain('HTTP');
  await act.getByRole('button', { name: 'Details: Changed an agent' }).click();
  expect(await act.locator('del').innerText()).toBe('Otto Occasional');
  expect(await act.locator('ins').innerText()).toBe('Otto Renamed');
  const text = await act.innerText();
  for (const part of ['Name: ', 'HTTP, 127.0.0.1', 'Mozilla/5.0']) {
    expect(text).toContain(part);
  }
});

longTest('the trail is filtered by who and what, and its address keeps that', async () => {
  const desk = await openDesk();
  const page = await open(desk, 'audit');
  await acts(page).first().waitFor();
  await page.getByLabel('Action', { exact: true }).selectOption('Revoked an API key');
  await said(page, 'No changes match');
  await button(page, 'Show all changes').first().click();
  await acts(page).first().waitFor();
  await page.getByRole('combobox', { name: 'Who' }).fill('otto');
  await page.getByRole('option', { name: /^Otto Occasional/ }).click();
  await said(page, 'No changes match');
  await page.reload();
  await said(page, 'No changes match');
  await eventually(async () =>
    expect(await page.getByRole('combobox', { name: 'Who' }).inputValue()).toBe('Otto Occasional'),
  );
});

test('a desk without acts says so', async () => {
  const desk = await at.site.openDesk();
  const page = await open(desk, 'audit');
  await said(page, 'No changes yet');
});

longTest('on a phone, in light and in dark, nothing is cut off and axe finds nothing', async () => {
  const desk = await openDesk();
  const window = await at.openWindow({ viewport: { width: 375, height: 740 } });
  const page = await at.openAs(window, desk.admin, '/admin/settings');
  const isWell = async () => {
    expect(await complaintsOfAxe(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
  };
  await button(page, 'Add a provider').click();
  await page.getByLabel('Issuer').fill(provider.issuer);
  await page.getByLabel('Client ID').fill('desk-portal');
  await isWell();
  await button(page, 'Add provider').click();
  await page.getByRole('row').nth(1).waitFor();
  await button(page, 'Freeze').click();
  await page.getByRole('dialog').waitFor();
  await isWell();
  await page.getByRole('dialog').getByRole('button', { name: 'Freeze' }).click();
  await said(page, 'nobody can use a day pass from it');
  await isWell();
  await goWithin(page, '/admin/audit');
  await acts(page).first().waitFor();
  await isWell();
});

longTest(
  'the invoice address of a billed account is entered without a pass; a wrong value is refused at its field',
  async () => {
    const desk = await openDesk();
    const page = await open(desk, 'settings');
    await page.getByLabel('Account name').waitFor();
    expect(await page.getByLabel('Legal name').count()).toBe(0);
    await desk.sql(`update accounts set billing_mode = 'BILLED' where id = $1`);
    // An admin without a pass saves the e-mail address alone; the rest of the page is behind the gate.
    const [outside] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
    const other = await at.openAs(page.context(), outside!, '/admin/settings');
    const billing = () =>
      desk.sql('select buyer, billing_email as email from billing where account_id = $1');
    const saveEmail = async (email: string) => {
      await other.getByLabel('Email for invoices').fill(email);
      await button(other, 'Save invoice address').click();
      await eventually(async () => expect(await billing()).toMatchObject([{ email }]));
    };
    await saveEmail('bills@kestrel.example');
    expect(await billing()).toMatchObject([{ buyer: null }]);
    await button(other, 'Use a day pass').waitFor();
    expect(await other.getByLabel('Account name').count()).toBe(0);
    expect(await complaintsOfAxe(other)).toEqual([]);
    await page.reload();
    await page.getByLabel('Legal name').fill('Kestrel IT GmbH');
    await page.getByRole('textbox', { name: 'Address', exact: true }).fill('Ostwall 5\nHaus B');
    await page.getByLabel('City').fill('Köln');
    await page.getByLabel('Country code').fill('de');
    await said(page, 'Germany');
    await page.getByLabel('VAT ID').fill('DE12');
    await button(page, 'Save invoice address').click();
    await said(page, /does not have the form|VAT id/);
    await page.getByLabel('VAT ID').fill('DE 123 456 789');
    await button(page, 'Save invoice address').click();
    await said(page, 'Invoice address saved.');
    expect(await billing()).toMatchObject([
      {
        email: 'bills@kestrel.example',
        buyer: {
          name: 'Kestrel IT GmbH',
          addressLines: ['Ostwall 5', 'Haus B'],
          country: 'DE',
          vatId: 'DE123456789',
          postalCode: null,
        },
      },
    ]);
    await page.reload();
    await page.getByLabel('Legal name').waitFor();
    expect(await page.getByLabel('VAT ID').inputValue()).toBe('DE123456789');
    expect(await complaintsOfAxe(page)).toEqual([]);
    // Fields side by side are in line, whatever is written above them.
    const topOf = async (label: string) => (await page.getByLabel(label).boundingBox())!.y;
    for (const [left, right] of [
      ['Postal code', 'City'],
      ['State or region', 'Country code'],
      ['VAT ID', 'Registration number'],
      ['Electronic address', 'Email for invoices'],
    ] as const) {
      expect({ [left]: await topOf(left) }).toEqual({ [left]: await topOf(right) });
    }

    // A page that was opened before the address was entered keeps it, and so does each untouched field.
    await saveEmail('invoices@kestrel.example');
    await page.getByLabel('City').fill('Bonn');
    await desk.sql(
      `update billing set buyer = buyer || '{"postalCode": "53111"}' where account_id = $1`,
    );
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`);
    await eventually(async () =>
      expect(await page.getByLabel('Postal code').inputValue()).toBe('53111'),
    );
    await button(page, 'Save invoice address').click();
    await eventually(async () =>
      expect(await billing()).toMatchObject([
        {
          email: 'invoices@kestrel.example',
          buyer: { name: 'Kestrel IT GmbH', city: 'Bonn', postalCode: '53111' },
        },
      ]),
    );
  },
);
