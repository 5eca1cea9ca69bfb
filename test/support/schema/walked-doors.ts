import { stripIgnoredCharacters } from 'graphql';
import { EventReader } from '../desk/event-reader';
import { getJson, postJson, type JsonAnswer } from '../desk/json-over-http';
import { bounded, connectSocket, type SocketClient } from '../desk/socket';

export interface AskedOperation {
  type: 'query' | 'mutation' | 'subscription';
  text: string;
  variables?: Record<string, unknown>;
}

/** What a door answers: all of it that a client can read, but for what differs with every request. */
export interface WalkedAnswer {
  status?: number;
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } }[];
}

/** One way in. A subscription is answered by its first message, or by the fault that ends it. */
export interface WalkedDoor {
  name: string;
  carries: readonly AskedOperation['type'][];
  ask(bearer: string, operation: AskedOperation): Promise<WalkedAnswer>;
}

/** Limits under which thousands of operations are nobody's attack: a walk asks for all there is. */
export const walkersLimits = {
  DAYPASS_MAX_DOCUMENT_BYTES: '1000000',
  DAYPASS_MAX_TOKENS: '20000',
  DAYPASS_MAX_FIELDS: '10000',
  DAYPASS_MAX_DEPTH: '50',
  DAYPASS_MAX_ALIASES: '10000',
  DAYPASS_MAX_COST: '10000000',
  DAYPASS_MAX_SUBSCRIPTION_COST: '10000000',
  DAYPASS_MAX_KEYS: '1000000',
  DAYPASS_COST_BUCKET: '100000000',
  DAYPASS_COST_PER_SECOND: '100000000',
  DAYPASS_CONSUME_CALLS: '1000000',
};

/** Every door of the service at `url`. A new one is added here, and is walked through from then on. */
export function openDoors(url: string): { doors: WalkedDoor[]; close(): Promise<void> } {
  const sockets = new Map<string, SocketClient>();
  const socketOf = (bearer: string) => {
    const socket = sockets.get(bearer) ?? connectSocket(url, bearer);
    sockets.set(bearer, socket);
    return socket;
  };
  return {
    doors: [
      { name: 'GET', carries: ['query'], ask: (...asked) => get(url, ...asked) },
      { name: 'POST', carries: ['query', 'mutation'], ask: (...asked) => post(url, ...asked) },
      {
        name: 'WebSocket',
        carries: ['query', 'mutation', 'subscription'],
        ask: (bearer, operation) => overSocket(socketOf(bearer), operation),
      },
      {
        name: 'SSE',
        carries: ['query', 'mutation', 'subscription'],
        ask: (...asked) => asEvents(url, ...asked),
      },
    ],
    async close() {
      await Promise.all([...sockets.values()].map((socket) => socket.close()));
    },
  };
}

async function get(url: string, bearer: string, operation: AskedOperation): Promise<WalkedAnswer> {
  const { text, variables = {} } = operation;
  const query = stripIgnoredCharacters(text);
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const headers = { 'apollo-require-preflight': 'true' };
  return answerOf(await getJson(`${url}/graphql?${String(search)}`, bearer, headers));
}

async function post(url: string, bearer: string, operation: AskedOperation): Promise<WalkedAnswer> {
  const { text: query, variables } = operation;
  return answerOf(await postJson(`${url}/graphql`, { query, variables }, bearer));
}

function answerOf({ status, body }: JsonAnswer): WalkedAnswer {
  return { status, ...steady(body as object) };
}

async function overSocket(
  { client }: SocketClient,
  { text: query, variables }: AskedOperation,
): Promise<WalkedAnswer> {
  const messages = client.iterate({ query, variables });
  try {
    const { value } = await bounded(messages.next(), `the first message of ${query}`);
    return steady(value as object);
  } catch (thrown) {
    // The protocol's `error` message: the faults themselves.
    if (Array.isArray(thrown)) return { errors: thrown as WalkedAnswer['errors'] };
    throw thrown;
  } finally {
    await messages.return?.();
  }
}

async function asEvents(
  url: string,
  bearer: string,
  { type, text, variables }: AskedOperation,
): Promise<WalkedAnswer> {
  const reader = await EventReader.open(url, text as never, {
    bearer,
    variables: variables as never,
  });
  const { result } = await reader.next();
  // Everything except a running subscription ends automatically.
  if (type === 'subscription' && !result?.errors) await reader.leave();
  else await reader.rest();
  return steady(result as object);
}

/** The answer without what is left of the caller's budget. */
function steady(body: { extensions?: { cost?: { throttleStatus?: unknown } } }): WalkedAnswer {
  delete body.extensions?.cost?.throttleStatus;
  return body as WalkedAnswer;
}
