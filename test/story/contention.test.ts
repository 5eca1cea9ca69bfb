import { createLog } from '../../src/core/log';
import { readConfig } from '../../src/core/config';
import { startService } from '../../src/service';
import { ProceedFourTimesDocument } from '../generated/operations';
import { dataOf, openTestSite, tally, type Desk, type TestSite } from '../support/desk/desk';
import { request } from '../support/desk/service';
import { size } from '../support/size';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

const many = size(24, 64);

/** The code of each refusal, 'replayed', or 'accepted'. */
function wordsOf(payloads: Awaited<ReturnType<Desk['proceed']>>[]): string[] {
  return payloads.map(
    ({ replayed, userErrors }) => userErrors[0]?.code ?? (replayed ? 'replayed' : 'accepted'),
  );
}

test('of many agents who want the last pass exactly one gets it', async () => {
  const desk = await site.openDesk({ agents: many, passes: 1 });
  const tokens = await Promise.all(desk.agents.map((agent) => desk.tokenFor(agent)));
  const payloads = await Promise.all(
    desk.agents.map((agent, index) => desk.proceed(agent, tokens[index]!)),
  );
  expect(tally(wordsOf(payloads))).toEqual({ accepted: 1, WALLET_EMPTY: many - 1 });
  expect(await desk.balance()).toBe(0);
  await desk.expectBooksToClose();
});

test('one agent who sends one token many times at once uses one pass', async () => {
  const desk = await site.openDesk({ passes: many });
  const token = await desk.tokenFor(desk.agent);
  const payloads = await Promise.all(
    Array.from({ length: many }, () => desk.proceed(desk.agent, token)),
  );
  expect(tally(wordsOf(payloads))).toEqual({ accepted: 1, replayed: many - 1 });
  expect(new Set(payloads.map(({ consumption }) => consumption?.id)).size).toBe(1);
  expect(await desk.balance()).toBe(many - 1);
  await desk.expectBooksToClose();
});

test('one agent who sends many tokens at once uses one pass', async () => {
  const desk = await site.openDesk({ passes: many });
  const tokens = await Promise.all(Array.from({ length: many }, () => desk.tokenFor(desk.agent)));
  const payloads = await Promise.all(tokens.map((token) => desk.proceed(desk.agent, token)));
  expect(tally(wordsOf(payloads))).toEqual({ accepted: 1, PASS_ALREADY_ACTIVE: many - 1 });
  expect(await desk.balance()).toBe(many - 1);
  await desk.expectBooksToClose();
});

test('one token under several names in one request uses one pass', async () => {
  const desk = await site.openDesk({ passes: 4 });
  const token = await desk.tokenFor(desk.agent);
  const answer = await site.service.request(ProceedFourTimesDocument, {
    token: desk.agent.bearer,
    variables: { token },
  });
  const { first, second, third, fourth } = dataOf(answer);
  const payloads = [first!, second!, third!, fourth!];
  expect(wordsOf(payloads)).toEqual(['accepted', 'replayed', 'replayed', 'replayed']);
  expect(new Set(payloads.map(({ consumption }) => consumption?.id)).size).toBe(1);
  expect(await desk.balance()).toBe(3);
});

test('many agents at once are each served once, in an order without holes', async () => {
  const desk = await site.openDesk({ agents: many, passes: 100 });
  const entered = await Promise.all(desk.agents.map((agent) => desk.enter(agent)));
  expect(new Set(entered.map(({ consumption }) => consumption.id)).size).toBe(many);
  expect(await desk.balance()).toBe(100 - many);
  await desk.expectBooksToClose();
});

describe('two services on one database', () => {
  test('let one agent use one pass, at any of them', async () => {
    const desk = await site.openDesk({ passes: many });
    const config = readConfig({
      PORT: '0',
      DATABASE_URL: site.service.databaseUrl,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      DAYPASS_LOCAL_ISSUER: 'true',
      LOG_LEVEL: 'silent',
    });
    const other = await startService(config, createLog(config));
    try {
      const replicas: Pick<typeof site.service, 'request'>[] = [
        site.service,
        { request: (document, options) => request(other.url, document, options) },
      ];
      const tokens = await Promise.all(
        Array.from({ length: many }, () => desk.tokenFor(desk.agent)),
      );
      const payloads = await Promise.all(
        tokens.map((token, index) => desk.proceed(desk.agent, token, replicas[index % 2])),
      );
      expect(tally(wordsOf(payloads))).toEqual({ accepted: 1, PASS_ALREADY_ACTIVE: many - 1 });

      // The token that was spent at one of them is known at both.
      const spent = tokens[wordsOf(payloads).indexOf('accepted')]!;
      const again = await Promise.all(
        replicas.map((replica) => desk.proceed(desk.agent, spent, replica)),
      );
      expect(wordsOf(again)).toEqual(['replayed', 'replayed']);
      await desk.expectBooksToClose();
    } finally {
      await other.stop();
    }
  });
});
