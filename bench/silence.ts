import { acceptedAnswer, askConfirmation, proceedWith } from './consumptions';
import { figure, type Figure } from './figure';
import { openDatabase } from './support/database';
import { HttpConnection } from './support/http-connection';
import { writeHistory } from './support/past';
import { openAccount, type Person } from './support/people';
import { startService } from './support/program';
import { median } from './support/rounds';
import { note, pause, type Site } from './support/site';
import { assertVerified } from './support/verify';

const rounds = 15;

/**
 * One consumption alone, after the service has received nothing for half a minute, and the one that
 * follows at once. Confirmations are asked for before the silence, and connections are opened after it.
 */
export async function silence(site: Site): Promise<Figure[]> {
  const database = await openDatabase(site);
  const account = await openAccount(database, { slug: 'silence', agents: 2 * (rounds + 1) });
  await writeHistory(database, [account], account.agents.length);
  const service = await startService(site, database.url);
  const url = `${service.url}/graphql`;

  const consume = async ({ bearer }: Person, body: string): Promise<number> => {
    const connection = await HttpConnection.open(url);
    const startedAt = performance.now();
    const answer = await connection.post(body, bearer);
    const ms = performance.now() - startedAt;
    connection.close();
    if (!acceptedAnswer.test(answer)) throw new Error(answer);
    return ms;
  };
  const confirm = async ({ bearer }: Person): Promise<string> => {
    const connection = await HttpConnection.open(url);
    const body = proceedWith(await askConfirmation(connection, bearer));
    connection.close();
    return body;
  };

  const seconds = site.options.silenceSeconds;
  const taken = { after: [] as number[], without: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const [first, second] = account.agents.splice(0, 2) as [Person, Person];
    const bodies = [await confirm(first), await confirm(second)] as const;
    await pause(seconds * 1_000);
    const after = await consume(first, bodies[0]);
    const without = await consume(second, bodies[1]);
    note(`round ${round}: ${after.toFixed(1)} ms after silence, ${without.toFixed(1)} ms without`);
    // The first round warms up.
    if (round === 0) continue;
    taken.after.push(after);
    taken.without.push(without);
  }
  await assertVerified(database);
  const common = { unit: 'ms' as const, rounds };
  return [
    figure({
      ...common,
      name: 'silence',
      what: `a consumption alone, after ${seconds} s without a request`,
      against: 'the one that follows at once',
      ours: median(taken.after),
      baseline: median(taken.without),
      aim: 'at most 1.5, better 1.1',
    }),
    figure({
      ...common,
      name: 'silence, worst',
      what: `the slowest of ${rounds}`,
      against: 'the slowest of those that follow at once',
      ours: Math.max(...taken.after),
      baseline: Math.max(...taken.without),
      aim: 'stated',
    }),
  ];
}
