import { openSealed, sealText } from '../../src/core/sealed-text';
import {
  maskChannelUrl,
  refuseChannelUrl,
  type ChannelKind,
} from '../../src/notices/channels/channel-url.rules';
import { slackMessage } from '../../src/notices/channels/slack-message';
import { teamsCard } from '../../src/notices/channels/teams-card';

const slack = 'https://hooks.slack.com/services/T024BE7LD/B024BE7LE/abcDEF123';
const teams =
  'https://default5c07.61.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/3f29/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=s3cret';
const olderTeams =
  'https://prod-186.westus.logic.azure.com:443/workflows/3f29/triggers/manual/paths/invoke?api-version=2016-06-01&sig=s3cret';
const internet = { privateAddresses: false, hosts: [] };
const closed = { privateAddresses: true, plainHttp: true, hosts: ['127.0.0.1:8065'] };

test.each<[ChannelKind, string]>([
  ['SLACK', slack],
  ['TEAMS', teams],
  ['TEAMS', olderTeams],
])('%s may be at %s', (kind, url) => {
  expect(refuseChannelUrl(kind, url, internet)).toBeNull();
  expect(refuseChannelUrl(kind === 'SLACK' ? 'TEAMS' : 'SLACK', url, internet)).not.toBeNull();
});

test.each([
  ...['', 'nothing', 'hooks.slack.com/services/T1/B1/x', 'https://example.com/services/T1/B1/x'],
  slack.replace('https', 'http'),
  slack.replace('hooks.slack.com', 'hooks.slack.com.evil.example'),
  slack.replace('hooks.slack.com', 'evil.hooks.slack.com'),
  slack.replace('hooks.slack.com', 'hooks.slack.com@evil.example'),
  slack.replace('hooks.slack.com', 'user:word@hooks.slack.com'),
  slack.replace('hooks.slack.com', 'hooks.slack.com:8443'),
  slack.replace('/services/', '/workflows/'),
  slack.replace('/services/', '/services/../api/'),
  slack.replace('/abcDEF123', ''),
  ...[`${slack}/more`, `${slack}?x=1`, `${slack}#x`, ` ${slack}`, `${slack}\n`],
  teams.replace('https', 'http'),
  teams.replace('api.powerplatform.com', 'api.powerplatform.com.evil.example'),
  teams.replace('.environment.api.powerplatform.com', '-api.powerplatform.com'),
  ...['https://logic.azure.com/x', 'https://prod-1.logic.azure.com/', 'https://10.0.0.1/x'],
  'https://msp.webhook.office.com/webhookb2/x/IncomingWebhook/y/z',
  'http://127.0.0.1:8065/hooks/x',
  `${teams}${'x'.repeat(2_000)}`,
])('neither may be at %j', (url) => {
  for (const kind of ['SLACK', 'TEAMS'] as const) {
    expect(refuseChannelUrl(kind, url, internet)).toMatchObject({ code: 'URL_NOT_ALLOWED' });
  }
});

test('the operator can list a host, and that host only', () => {
  const at = (url: string) => refuseChannelUrl('SLACK', url, closed)?.code ?? null;
  expect(at('http://127.0.0.1:8065/hooks/x')).toBeNull();
  expect(at('http://127.0.0.1:8066/hooks/x')).toBe('URL_NOT_ALLOWED');
  expect(at(slack.replace('https', 'http'))).toBe('URL_NOT_ALLOWED');
});

test.each([
  [slack, 'https://hooks.slack.com/services/T024BE7LD/B024BE7LE/•••'],
  [teams, 'https://default5c07.61.environment.api.powerplatform.com/•••'],
  ['http://127.0.0.1:8065/hooks/secret?x=secret', 'http://127.0.0.1:8065/•••'],
])('%s is shown as %s', (url, masked) => expect(maskChannelUrl(url)).toBe(masked));

test('a sealed text opens at its own place only, and each sealing is different', () => {
  const place = { secret: Buffer.alloc(32, 7), purpose: 'notice channel', owner: 'a 1' };
  const sealed = sealText(slack, place);
  expect(openSealed(sealed, place)).toBe(slack);
  expect(sealed.toString('latin1')).not.toContain('hooks');
  expect(sealText(slack, place).equals(sealed)).toBe(false);
  const changed = Buffer.from(sealed);
  changed[changed.length - 1]! ^= 1;
  for (const [bytes, at] of [
    [sealed, { ...place, owner: 'a 2' }],
    [sealed, { ...place, purpose: 'another' }],
    [sealed, { ...place, secret: Buffer.alloc(32, 8) }],
    [changed, place],
    [sealed.subarray(0, 20), place],
  ] as const) {
    expect(() => openSealed(bytes, at)).toThrow();
  }
});

const message = {
  title: 'Wallet <!channel> & “Main”\nis low',
  lines: ['Only <5> passes & [here](https://evil.example)\r\n# left', '*Bold* @here <@U1>'],
  action: { label: 'Buy > 10', link: 'https://desk.example/admin/buy?a=1&b=<2>|x' },
  footer: 'Northwind IT',
};

test('a message of Slack has no mention, link or markup of a name', () => {
  const sent = JSON.stringify(slackMessage(message));
  expect(sent).not.toMatch(/<[!@#]|\\n|\\r/);
  expect(slackMessage(message)).toEqual({
    text: 'Wallet &lt;!channel&gt; &amp; “Main” is low Only &lt;5&gt; passes &amp; [here](https://evil.example) # left',
    blocks: [
      {
        type: 'header',
        text: {
          ...{ type: 'plain_text', emoji: false },
          text: 'Wallet &lt;!channel&gt; &amp; “Main” is low',
        },
      },
      section('Only &lt;5&gt; passes &amp; [here](https://evil.example) # left'),
      section('*Bold* @here &lt;@U1&gt;'),
      section('<https://desk.example/admin/buy?a=1&amp;b=%3C2%3E%7Cx|Buy &gt; 10>'),
      { type: 'context', elements: [{ type: 'mrkdwn', text: 'Northwind IT', verbatim: true }] },
    ],
  });
});

function section(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

test('a card of Teams has its texts as runs, and a plain link', () => {
  const { attachments } = teamsCard(message) as { attachments: { content: CardContent }[] };
  const [{ content }] = attachments as [{ content: CardContent }];
  expect(content.body.map(({ type, inlines }) => [type, inlines.map(({ text }) => text)])).toEqual([
    ['RichTextBlock', ['Wallet <!channel> & “Main” is low']],
    ['RichTextBlock', ['Only <5> passes & [here](https://evil.example) # left']],
    ['RichTextBlock', ['*Bold* @here <@U1>']],
    ['RichTextBlock', ['Northwind IT']],
  ]);
  expect(content.actions).toEqual([
    { type: 'Action.OpenUrl', title: 'Buy > 10', url: message.action.link },
  ]);
});

interface CardContent {
  body: { type: string; inlines: { type: string; text: string }[] }[];
  actions: object[];
}

test('names without end keep both within the bounds of Slack and Teams', () => {
  const long = {
    title: '&'.repeat(5_000),
    lines: Array.from({ length: 50 }, () => '<'.repeat(5_000)),
    action: { label: '>'.repeat(5_000), link: 'https://desk.example/' },
    footer: '&'.repeat(5_000),
  };
  const { blocks } = slackMessage(long) as { blocks: { text?: { text: string } }[] };
  expect(blocks[0]!.text!.text.length).toBeLessThanOrEqual(150);
  for (const { text } of blocks) expect(text?.text.length ?? 0).toBeLessThanOrEqual(3_000);
  expect(blocks.length).toBeLessThanOrEqual(50);
  // A card may have 28 KB.
  expect(JSON.stringify(teamsCard(long)).length).toBeLessThan(20_000);
});
