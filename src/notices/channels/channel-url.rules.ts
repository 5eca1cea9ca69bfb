import type { UserError } from '../../api/user-error';
import { isReachable, type OutboundRules } from '../../core/outbound';
import type { NoticeChannelRow } from '../../db/tables/notice-channel';

export type ChannelKind = NoticeChannelRow['kind'];

/** Where channels may be. */
export interface ChannelRules extends OutboundRules {
  /** Hosts besides those of Slack and Teams, as `URL.host` writes them. */
  hosts: readonly string[];
}

const urlLengthMax = 2_000;

/** Whether the host is one of the kind's own. */
const isOwnHost: Record<ChannelKind, (url: URL) => boolean> = {
  SLACK: ({ host, pathname, search }) =>
    host === 'hooks.slack.com' && slackPath.test(pathname) && search === '',
  // Workflows of Power Automate; the connectors of Office 365 have ended.
  TEAMS: ({ host, pathname }) => teamsHost.test(host) && pathname.length > 1,
};

/** The team, the app, and the secret. */
const slackPath = /^(\/services\/[A-Za-z0-9]+\/[A-Za-z0-9]+)\/[A-Za-z0-9]+$/;
const teamsHost = /^([a-z0-9-]+\.)+(logic\.azure\.com|api\.powerplatform\.com)$/;

/** A refusal if the URL is not one of a channel of that kind; else null. */
export function refuseChannelUrl(
  kind: ChannelKind,
  url: string,
  rules: ChannelRules,
): UserError | null {
  if (isChannelUrl(kind, url, rules)) return null;
  return { code: 'URL_NOT_ALLOWED', message: messages[kind], field: ['url'] };
}

const messages: Record<ChannelKind, string> = {
  SLACK:
    'url must be the URL of an incoming webhook of Slack, such as https://hooks.slack.com/services/T000/B000/xxxx.',
  TEAMS:
    'url must be the URL of a workflow of Teams: https, at a host that ends in .api.powerplatform.com or .logic.azure.com.',
};

function isChannelUrl(kind: ChannelKind, url: string, rules: ChannelRules): boolean {
  // What the URL parser would repair is refused, so that everybody sees the address that is used.
  if (url.length > urlLengthMax || /[^!-~]|\\/.test(url) || !isReachable(url, rules)) return false;
  const parsed = new URL(url);
  // Only a host that the operator listed may be without TLS.
  if (parsed.protocol === 'https:' && isOwnHost[kind](parsed)) return true;
  return rules.hosts.includes(parsed.host) && parsed.pathname.length > 1;
}

/** The URL for people: what is secret in it is masked. */
export function maskChannelUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  const [, shown = ''] = slackPath.exec(pathname) ?? [];
  return `${origin}${shown}/•••`;
}
