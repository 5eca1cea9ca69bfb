import type { DataSource } from 'typeorm';
import { createAccount } from '../../src/accounts/create-account';
import { agentList } from '../../src/agents/agent.queries';
import { createAgents } from '../../src/agents/create-agents';
import { readPage } from '../../src/api/read-page';
import { clientList } from '../../src/clients/client.queries';
import { newId } from '../../src/core/ids';
import { AccountScope } from '../../src/db/account-scope';
import { migrate } from '../../src/db/migrate';
import { ClientRow } from '../../src/db/tables/client';
import { TicketRow } from '../../src/db/tables/ticket';
import { ticketList } from '../../src/tickets/ticket.queries';
import {
  createDatabaseOfLocale,
  openTestSource,
  type TestDatabase,
} from '../support/desk/database';

/*
 * The same answers on a database of any locale. Releases of ICU differ in details, so the order is
 * tested by pairs that no release disputes.
 */

const createdAt = new Date('2026-03-02T09:00:00Z');
const names = [
  'Zoe Zimmer',
  'Ángel Ruiz',
  'Łukasz Nowak',
  'émile Zola',
  'Emile Berger',
  'MÜLLER Anna',
  'Adam Apfel',
  'bert Brecht',
  // Decomposed, as macOS writes it: stored so before texts were composed on their way in.
  'Rene\u0301 Blanc',
  '_under 100%',
];
const inOrder: [before: string, after: string][] = [
  ['Adam Apfel', 'Ángel Ruiz'],
  ['Ángel Ruiz', 'bert Brecht'],
  ['bert Brecht', 'Emile Berger'],
  ['Emile Berger', 'émile Zola'],
  ['émile Zola', 'Łukasz Nowak'],
  ['Łukasz Nowak', 'MÜLLER Anna'],
  ['MÜLLER Anna', 'Rene\u0301 Blanc'],
  ['Rene\u0301 Blanc', 'Zoe Zimmer'],
];

describe.each(['C', 'en-US'])('on a database of locale %s', (locale) => {
  let database: TestDatabase;
  let source: DataSource;
  let scope: AccountScope;

  beforeAll(async () => {
    database = await createDatabaseOfLocale(locale);
    await migrate(database.url, async () => {});
    source = await openTestSource(database.url, 2);
    const accountId = await createAccount(source, {
      slug: 'desk',
      name: 'Desk',
      plan: 'pro',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      sandbox: false,
      createdAt,
    });
    await createAgents(
      source,
      accountId,
      names.map((name, at) => ({
        name,
        email: `agent${at}@desk.example`,
        type: 'OCCASIONAL' as const,
        role: 'AGENT' as const,
        status: 'ACTIVE' as const,
        timeZone: 'Europe/Berlin',
        sections: [],
        createdAt,
      })),
    );
    const clients = names.map((name) => ({
      accountId,
      id: newId(),
      externalId: `Ä-${name}`,
      name,
      createdAt,
    }));
    await source.getRepository(ClientRow).insert(clients);
    const tickets = [
      [136, 'Drucker zieht schräg ein', 'INC-4711'],
      [1360, 'VPN bricht ab', 'INC-136-b'],
      [2, 'Frage zu 136', null],
    ] as const;
    await source.getRepository(TicketRow).insert(
      tickets.map(([number, subject, externalId]) => ({
        accountId,
        id: newId(),
        number,
        subject,
        externalId,
        description: '',
        status: 'OPEN' as const,
        priority: 'LOW' as const,
        clientId: null,
        requesterName: 'Ölaf',
        requesterEmail: 'olaf@customer.example',
        assigneeId: null,
        revision: 1,
        createdAt,
        updatedAt: createdAt,
      })),
    );
    scope = new AccountScope(source, accountId);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const agents = (search?: string) =>
    agentList(scope, {
      filter: { search },
      orderBy: { field: 'NAME', direction: 'ASC' },
      nowMs: Number(createdAt),
    });
  const namesOf = async (list: ReturnType<typeof agentList> | ReturnType<typeof clientList>) => {
    const found: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 20; pages += 1) {
      const page = await readPage(
        scope,
        list as ReturnType<typeof clientList>,
        { first: 3, after },
        (row) => row.name,
      );
      found.push(...page.edges.map(({ node }) => node));
      const last = page.edges.at(-1)?.cursor;
      if (!page.pageInfo.hasNextPage || !last) return found;
      after = typeof last === 'function' ? await last() : last;
    }
    throw new Error('The list does not end.');
  };

  test('names are sorted as people sort them, page by page, each once', async () => {
    for (const list of [agents(), clientList(scope, {})]) {
      const found = await namesOf(list);
      expect([...found].sort()).toEqual([...names].sort());
      for (const [before, after] of inOrder) {
        expect({ before, after, at: found.indexOf(before) < found.indexOf(after) }).toEqual({
          before,
          after,
          at: true,
        });
      }
    }
  });

  test.each([
    ['émile', ['émile Zola']],
    ['ÉMILE', ['émile Zola']],
    ['emile', ['Emile Berger']],
    ['müller', ['MÜLLER Anna']],
    ['mu\u0308ller', ['MÜLLER Anna']],
    ['ángel', ['Ángel Ruiz']],
    ['łukasz', ['Łukasz Nowak']],
    ['RENÉ', ['Rene\u0301 Blanc']],
    ['100%', ['_under 100%']],
    ['_', ['_under 100%']],
    ['Muller', []],
  ])('a search for %s finds %p', async (search, found) => {
    expect(await namesOf(agents(search))).toEqual(found);
    expect(await namesOf(clientList(scope, { search }))).toEqual(found);
  });

  test('clients’ ids are searched in any case too', async () => {
    expect(await namesOf(clientList(scope, { search: 'ä-zoe' }))).toEqual(['Zoe Zimmer']);
  });

  test.each([
    ['#136', [136]],
    [' 136 ', [2, 136, 1360]],
    ['#2', [2]],
    ['inc-4711', [136]],
    ['SCHRÄG', [136]],
    ['ölaf', [2, 136, 1360]],
    ['99999999999', []],
    ['#0136', [136]],
  ])('a search for ticket %s finds %p', async (search, numbers) => {
    const list = ticketList(scope, {
      filter: { search },
      orderBy: { field: 'NUMBER', direction: 'ASC' },
    });
    const page = await readPage(scope, list, {}, (row) => row.number);
    expect(page.edges.map(({ node }) => node)).toEqual(numbers);
  });
});
