import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { nodeId } from '../../../src/api/node';
import { MoveTestClockDocument } from '../../generated/operations';
import { dataOf, openTestSite, type Desk, type Person, type TestSite } from './desk';
import { startReplica } from './replica';
import type { TestService } from './service';
import { connectSocket, type SocketClient } from './socket';

/** A service, another on the same database, and the sockets that a test opens to them. */
export interface StreamSite {
  site: TestSite;
  here: TestService;
  there: TestService;
  /** A socket of that person, to `here` unless another is named; closed after the test. */
  connect(person: Person, service?: { url: string }): SocketClient;
  /** To be called after each test. */
  closeSockets(): Promise<void>;
  close(): Promise<void>;
}

export async function openStreamSite(
  environment: Record<string, string> = {},
): Promise<StreamSite> {
  const site = await openTestSite(environment);
  const there = await startReplica(site.service.databaseUrl);
  const sockets: SocketClient[] = [];
  return {
    site,
    here: site.service,
    there,
    connect(person, service = site.service) {
      const socket = connectSocket(service.url, person.bearer);
      sockets.push(socket);
      return socket;
    },
    async closeSockets() {
      await Promise.all(sockets.splice(0).map((socket) => socket.close()));
    },
    async close() {
      await there.stop();
      await site.close();
    },
  };
}

/** One operation over HTTP, of the admin and at the desk's own service unless others are named. */
export async function act<Data, Variables>(
  desk: Desk,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  as: { person?: Person; service?: TestService } = {},
): Promise<Data> {
  const { person = desk.admin, service = desk.site.service } = as;
  return dataOf(await service.request(document, { token: person.bearer, variables }));
}

export const agentNode = (person: Person): string => nodeId('Agent', person.id);

/** Moves the account's clock to an instant, as an admin does, and all that is due by then happens. */
export async function advanceTo(desk: Desk, to: string | number): Promise<void> {
  const input = { to: new Date(to).toISOString() };
  const { advanceTestClock } = await act(desk, MoveTestClockDocument, { input });
  expect(advanceTestClock?.userErrors).toEqual([]);
}

/** While `run` runs, nothing is written to the account's journal: another session has its lock. */
export async function whileLocked(desk: Desk, run: () => Promise<void>): Promise<void> {
  const runner = desk.site.source.createQueryRunner();
  try {
    await runner.startTransaction();
    // Without a bound: the connection is one of the service's, whose transactions are short.
    await runner.query('set local idle_in_transaction_session_timeout = 0');
    await runner.query('select from journals where account_id = $1 for update', [desk.accountId]);
    await run();
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}
