import * as fs from 'node:fs';
import { basename, join } from 'node:path';
import { headingsOf, parse, sectionsBetween } from './markdown.mjs';

/** The pages in reading order, each with the line that the list shows. */
const list = [
  {
    title: 'Use Daypass',
    pages: [
      {
        file: 'docs/portal.md',
        line: 'For agents: tickets, the pop-up, and how long a day pass lasts.',
      },
      {
        file: 'docs/dashboard.md',
        line: 'For account admins: what each page of the dashboard is for.',
      },
      { file: 'docs/importing-agents.md', line: 'Add many agents from a file or with the API.' },
      {
        file: 'docs/notices.md',
        line: 'Mails, the bell, Slack and Microsoft Teams: who learns of what.',
      },
    ],
  },
  {
    title: 'Build with Daypass',
    pages: [
      {
        file: 'README.md',
        from: 'Start',
        until: 'Operate',
        name: 'start',
        title: 'Getting started',
        line: 'Start the service, try it in two tabs, and make the first calls of the API.',
      },
      { file: 'docs/embed.md', line: 'Add the pop-up to the pages of your own portal.' },
      {
        file: 'docs/identity.md',
        line: 'Sign-in, API keys, portal sessions, roles and permissions.',
      },
      { file: 'docs/clients.md', line: 'Close codes, reconnecting without losing events, caches.' },
      {
        file: 'docs/webhooks.md',
        line: 'Receive every event by HTTP: signatures, order, retries.',
      },
      {
        file: 'docs/limits.md',
        line: 'The limits of requests, sockets and callers, and the cost of operations.',
      },
    ],
  },
  {
    title: 'Operate Daypass',
    pages: [
      {
        file: 'docs/deploy.md',
        line: 'From an empty server to the first agent, with nginx or Caddy.',
      },
      {
        file: 'README.md',
        from: 'Operate',
        until: 'Measured',
        name: 'reference',
        title: 'Variables, addresses and commands',
        line: 'Every environment variable, address and command of the service.',
      },
      { file: 'docs/operations.md', line: 'Monitoring, mails, backup, restore and upgrade.' },
      { file: 'docs/invoicing.md', line: 'The seller, the buyer, tax, orders and invoices.' },
      {
        file: 'docs/scale.md',
        line: 'More processes, poolers, replicas, and a cluster with Citus.',
      },
      {
        file: 'docs/security.md',
        line: 'Threats, what protects against them, and what is left to you.',
      },
      {
        file: 'SECURITY.md',
        name: 'report',
        title: 'Report a vulnerability',
        line: 'How to report a security problem, and which versions get corrections.',
      },
    ],
  },
  {
    title: 'Contribute',
    pages: [{ file: 'docs/house-english.md', line: 'The rules for everything that people read.' }],
  },
];

/**
 * All pages with their text, in their groups. A file of `docs` that the list does not name is
 * there as well, at the end, with its first sentence as its line.
 */
export function readPages(root) {
  const listed = list.flatMap(({ pages }) => pages.map(({ file }) => file));
  const others = fs
    .readdirSync(join(root, 'docs'))
    .map((name) => `docs/${name}`)
    .filter((file) => file.endsWith('.md') && !listed.includes(file))
    .map((file) => ({ file }));
  return [...list, { title: 'More', pages: others }]
    .map(({ title, pages }) => ({ title, pages: pages.map((page) => readPage(root, page)) }))
    .filter(({ pages }) => pages.length > 0);
}

function readPage(root, { file, from, until, name, title, line }) {
  const all = parse(fs.readFileSync(join(root, file), 'utf8'));
  const tokens = from ? sectionsBetween(all, from, until) : all.filter((token) => !isTitle(token));
  return {
    file,
    name: name ?? basename(file, '.md'),
    title: title ?? all.find(isTitle).text,
    line: line ?? firstSentence(tokens),
    tokens,
    headings: headingsOf(tokens),
    vocabulary: vocabularyOf(tokens),
  };
}

/** Each word of a page once, for the search. */
function vocabularyOf(tokens) {
  const text = tokens.map(({ raw }) => raw.toLowerCase()).join(' ');
  return [...new Set(text.match(/[\p{L}\p{N}_]{3,}/gu))].join(' ');
}

const isTitle = ({ type, depth }) => type === 'heading' && depth === 1;

function firstSentence(tokens) {
  const { text = '' } = tokens.find(({ type }) => type === 'paragraph') ?? {};
  return text.replace(/\s+/g, ' ').replace(/(?<=[.:]) .*$/, '');
}
