import { once } from 'node:events';
import { connect } from 'node:net';
import { tally } from '../support/desk/desk';
import { FaultSite } from '../support/faults/fault-site';
import { Load } from '../support/faults/load';
import { longWaits } from '../support/patience';
import { size } from '../support/size';

let site: FaultSite;

beforeAll(async () => {
  site = await FaultSite.open({ environment: longWaits });
});

afterAll(() => site.close());

test('a rolling restart moves every subscriber to another process, and none misses an event or gets it twice', async () => {
  const { fleet } = site;
  const first = await fleet.startMany(size(1, 3));
  const account = await site.openAccount({ agents: size(100, 5_000) });
  const subscribers = await site.subscribe(account, size(8, 1_000), { isPatient: true });
  const load = new Load(fleet, account.agents, { clients: 3, pauseMs: size(300, 100) });
  await load.during(async () => {
    for (const process of first) {
      await fleet.start();
      // A connection without a request, as browsers open them in advance, delays nothing.
      const ahead = connect(Number(new URL(process.url).port), '127.0.0.1');
      await once(ahead, 'connect');
      await process.drain();
      ahead.destroy();
      await load.progress(size(2, 5));
    }
  });
  await site.expectTheBooksToClose(account, { load, subscribers });
  // Each received the request to reconnect, and none was cut off. A client that found the new process busy with
  // all the others got that answer, left, and came again.
  const closes = tally(subscribers.flatMap((subscriber) => subscriber.closes.map(String)));
  const faults = subscribers.flatMap((subscriber) => subscriber.faults);
  expect(subscribers.filter((subscriber) => !subscriber.closes.includes(1001))).toEqual([]);
  expect({ ...closes, '1001': undefined }).toEqual(faults.length ? { '1005': faults.length } : {});
  expect(faults.filter((code) => code !== 'SERVICE_UNAVAILABLE')).toEqual([]);
}, 300_000);
