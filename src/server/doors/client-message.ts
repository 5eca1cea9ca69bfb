import {
  MessageType,
  parseMessage,
  type CompleteMessage,
  type ConnectionInitMessage,
  type PingMessage,
  type PongMessage,
  type SubscribeMessage,
} from 'graphql-ws';

export type ClientMessage =
  ConnectionInitMessage | PingMessage | PongMessage | SubscribeMessage | CompleteMessage;

const sentByServers: readonly string[] = [
  MessageType.ConnectionAck,
  MessageType.Next,
  MessageType.Error,
];

/** Answers repeat the id of their operation; clients use a number or a UUID. */
const idLengthMax = 1_000;

/** Reads a text as a message that a client may send; null if it is not one. */
export function readClientMessage(text: string): ClientMessage | null {
  try {
    const message = parseMessage(withQuery(text));
    if ('id' in message && message.id.length > idLengthMax) return null;
    return sentByServers.includes(message.type) ? null : (message as ClientMessage);
  } catch {
    return null;
  }
}

/**
 * The message in the form that graphql-ws accepts: one that names a persisted query has no text,
 * and must be refused as an operation, not as an invalid message.
 */
function withQuery(text: string): string {
  if (!text.includes('"persistedQuery"')) return text;
  const message = JSON.parse(text) as { payload?: { query?: unknown } };
  if (!message.payload || message.payload.query !== undefined) return text;
  return JSON.stringify({ ...message, payload: { ...message.payload, query: '' } });
}
