import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** If more than this waits to be sent, the reader is slow, and its streams wait for it. */
const waitingBytesMax = 16 * 1024;
/**
 * If more than this waits to be sent, no messages are read until it has left: each message may
 * cause an answer.
 */
const deafBytesMin = 1024 * 1024;

/** Sockets that have sent something in the present turn of the event loop. */
export class SendingTurn {
  private senders: SocketSender[] = [];

  add(sender: SocketSender): void {
    this.senders.push(sender);
    if (this.senders.length > 1) return;
    setImmediate(() => {
      const ended = this.senders;
      this.senders = [];
      for (const one of ended) one.endTurn();
    });
  }
}

/**
 * Sends the texts of one socket. The first text of a turn of the event loop leaves at once; the
 * later ones leave together at its end, because each write is a call of the operating system.
 */
export class SocketSender {
  private turn: 'NOT_SENT' | 'SENT' | 'CORKED' = 'NOT_SENT';

  constructor(
    private readonly socket: WebSocket,
    /** The connection that the socket writes to. */
    private readonly connection: Duplex,
    private readonly turns: SendingTurn,
  ) {}

  /** A promise if the reader is slow: it resolves when the text has left the process. */
  send(text: string): Promise<void> | void {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return;
    this.noteTurn();
    if (socket.bufferedAmount < waitingBytesMax) return socket.send(text);
    if (socket.bufferedAmount > deafBytesMin) socket.pause();
    return new Promise((resolve) =>
      socket.send(text, () => {
        if (socket.isPaused && socket.bufferedAmount < deafBytesMin) socket.resume();
        resolve();
      }),
    );
  }

  /** Whether a frame can be sent now: the socket is open, and its reader is not slow. */
  get isReady(): boolean {
    const { socket } = this;
    return socket.readyState === socket.OPEN && socket.bufferedAmount < waitingBytesMax;
  }

  /**
   * Sends a frame that is complete, which may be sent to other sockets too. The door does not compress
   * messages, so no frame of the socket's own is ever half sent.
   */
  sendFrame(frame: Buffer): void {
    this.noteTurn();
    this.connection.write(frame);
  }

  /** For `SendingTurn` only. */
  endTurn(): void {
    if (this.turn === 'CORKED') this.connection.uncork();
    this.turn = 'NOT_SENT';
  }

  private noteTurn(): void {
    if (this.turn === 'CORKED') return;
    if (this.turn === 'NOT_SENT') {
      this.turn = 'SENT';
      this.turns.add(this);
      return;
    }
    this.turn = 'CORKED';
    this.connection.cork();
  }
}
