import { inTurn, overHttp } from './consumptions';
import { figure, type Figure } from './figure';
import { CpuMeter } from './support/cpu';
import { openDatabase, type BenchDatabase } from './support/database';
import { HttpConnection } from './support/http-connection';
import { openAccount, type BenchAccount } from './support/people';
import { startBaseline, startService } from './support/program';
import { inPairs } from './support/rounds';
import { note, pause, type Site } from './support/site';
import { assertVerified } from './support/verify';

/** Many and short: what differs is little, and other work of the machine comes and goes. */
const rounds = 15;
const perRound = 3_000;
const endpoints = 3;
/** Of the look whether everything has arrived. */
const pollMs = 200;

/**
 * Consumptions per second on a wallet whose account has three webhook endpoints that answer 200, an alert
 * that each round crosses, and a channel that receives it; against a wallet without any of it, in the
 * same process. What a round leaves to deliver arrives before the next begins, out of the measure. The
 * receiver shares the cores with the service, so it does as little as it can.
 */
export async function deliveries(site: Site): Promise<Figure[]> {
  const database = await openDatabase(site);
  const count = site.scaled(perRound);
  const agents = count * (rounds + 1);
  const heard = await openAccount(database, { slug: 'heard', agents });
  const silent = await openAccount(database, { slug: 'silent', agents });
  const receiver = await startBaseline(site, 'baseline/receiver');
  const service = await startService(site, database.url, {
    DAYPASS_PRIVATE_WEBHOOKS: 'true',
    DAYPASS_CHANNEL_HOSTS: new URL(receiver.url).host,
  });
  const connection = await HttpConnection.open(`${service.url}/graphql`);
  site.hold(connection, (opened) => opened.close());
  const send = sendAs(connection, heard);
  await subscribe(send, receiver.url);
  const meter = await CpuMeter.open(database, service.pid);
  const agentsOf = (account: BenchAccount) => inTurn([account]);
  const ours = { agents: agentsOf(heard), count, meter };
  const baseline = { agents: agentsOf(silent), count, meter };
  const measured = await inPairs({
    rounds,
    unit: '/s',
    async ours() {
      await setAlert(send, Math.floor(count / 2));
      const sample = await overHttp(service.url, ours);
      await hasArrived(database, heard.accountId, endpoints * count);
      return sample;
    },
    baseline: () => overHttp(service.url, baseline),
  });
  await assertVerified(database);
  return [
    figure({
      name: 'deliveries',
      what: `the same with ${endpoints} webhook endpoints, alerts and a channel`,
      against: 'without them',
      unit: '/s',
      aim: 'at least 0.97',
      ...measured,
    }),
  ];
}

type Send = <Data>(query: string, variables?: object) => Promise<Data>;

/** Sends operations of the account's admin; what is refused ends the bench. */
function sendAs(connection: HttpConnection, { admin }: BenchAccount): Send {
  return async <Data>(query: string, variables: object = {}) => {
    const answer = await connection.post(JSON.stringify({ query, variables }), admin.bearer);
    if (/"errors":|"code":/.test(answer)) throw new Error(answer);
    return JSON.parse(answer).data as Data;
  };
}

/** Three endpoints for all events, and a channel for the alerts. */
async function subscribe(send: Send, receiverUrl: string): Promise<void> {
  for (let at = 1; at <= endpoints; at += 1) {
    await send(
      `mutation ($url: String!) { createWebhookEndpoint(input: { url: $url }) {
        userErrors { code } } }`,
      { url: `${receiverUrl}/${at}` },
    );
  }
  await send(
    `mutation ($url: String!) { setNoticeChannel(input: {
      kind: SLACK, name: "Alerts", url: $url, notices: [BALANCE_LOW] }) { userErrors { code } } }`,
    { url: `${receiverUrl}/channel` },
  );
}

/** The wallet's only alert: reached after so many passes. */
async function setAlert(send: Send, passes: number): Promise<void> {
  const { dayPassWallets } = await send<{ dayPassWallets: { id: string; balance: number }[] }>(
    '{ dayPassWallets { id balance } }',
  );
  const { id: walletId, balance } = dayPassWallets[0]!;
  await send(
    `mutation ($input: UpdateDayPassWalletInput!) { updateDayPassWallet(input: $input) {
      userErrors { code } } }`,
    { input: { walletId, alertThresholds: [balance - passes] } },
  );
}

/** Resolves when every endpoint is at the end of the journal. */
async function hasArrived(
  { source }: BenchDatabase,
  accountId: string,
  sent: number,
): Promise<void> {
  const startedAt = performance.now();
  let left: number | null = null;
  for (;;) {
    const [{ waiting }] = await source.query(
      `select sum(j.sequence - e.sequence)::int as waiting from webhook_endpoints e
       join journals j using (account_id) where account_id = $1`,
      [accountId],
    );
    left ??= waiting as number;
    if (waiting === 0) break;
    await pause(pollMs);
  }
  const ms = Math.round(performance.now() - startedAt);
  note(`${sent - left} of ${sent} arrived in the round, the last ${ms} ms after it`);
}
