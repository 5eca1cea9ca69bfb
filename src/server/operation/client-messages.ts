import {
  CloseCode,
  MessageType,
  parseMessage,
  type CompleteMessage,
  type ConnectionInitMessage,
  type PingMessage,
  type PongMessage,
  type SubscribeMessage,
} from 'graphql-ws';
import { OperationTurns } from './operation-turns';

/** Passes on the valid messages of a client, and closes a socket that sends any other message. */
export function checkClientMessages(
  receive: (text: string) => Promise<void>,
  close: (code: number, reason: string) => void,
): (text: string | null) => Promise<void> {
  const turns = new OperationTurns();
  return async (given) => {
    const text = given === null ? null : withText(given);
    const message = text === null ? null : clientMessage(text);
    if (!message) return close(CloseCode.BadRequest, 'Invalid message received');
    const run = () => receive(text!);
    if (message.type === MessageType.Complete) turns.complete(message.id);
    if (message.type !== MessageType.Subscribe) return run();
    const turn = turns.begin(message.id, run);
    if (turn) return turn;
    close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${message.id} already exists`);
  };
}

type ClientMessage =
  ConnectionInitMessage | PingMessage | PongMessage | SubscribeMessage | CompleteMessage;

const serverSays: readonly string[] = [
  MessageType.ConnectionAck,
  MessageType.Next,
  MessageType.Error,
];

/** Answers repeat the id of their operation; clients use a number or a UUID. */
const idLengthMax = 1_000;

/** The message, if it is one that a client may send. */
function clientMessage(text: string): ClientMessage | null {
  try {
    const message = parseMessage(text);
    if ('id' in message && message.id.length > idLengthMax) return null;
    return serverSays.includes(message.type) ? null : (message as ClientMessage);
  } catch {
    return null;
  }
}

/**
 * The message in the form that graphql-ws accepts: one that names a persisted query has no text,
 * and must be refused as an operation, not as an invalid message.
 */
function withText(text: string): string {
  if (!text.includes('"persistedQuery"')) return text;
  try {
    const message = JSON.parse(text) as { payload?: { query?: unknown } };
    if (!message.payload || message.payload.query !== undefined) return text;
    return JSON.stringify({ ...message, payload: { ...message.payload, query: '' } });
  } catch {
    return text;
  }
}
