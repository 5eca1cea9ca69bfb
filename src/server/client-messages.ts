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

/** Hands on what a client may say over a socket, and closes one that says anything else. */
export function hearing(
  receive: (text: string) => Promise<void>,
  close: (code: number, reason: string) => void,
): (text: string | null) => Promise<void> {
  const turns = new OperationTurns();
  return async (text) => {
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

/** The message, where it is one that a client may send. */
function clientMessage(text: string): ClientMessage | null {
  try {
    const message = parseMessage(text);
    return serverSays.includes(message.type) ? null : (message as ClientMessage);
  } catch {
    return null;
  }
}
