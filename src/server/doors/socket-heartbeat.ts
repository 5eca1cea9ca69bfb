/** The sockets are pinged in so many groups, so that thousands are not pinged in one turn. */
const groupCount = 16;

/** A socket that can be pinged. */
export interface Beating {
  /** Pings it, or cuts it off if it has not answered the last ping. */
  beat(): void;
}

/** Pings all sockets of a process, each once per heartbeat, with one timer. */
export class SocketHeartbeat<Socket extends Beating> {
  private readonly groups = Array.from({ length: groupCount }, () => new Set<Socket>());
  private nextGroup = 0;
  private nextBeat = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(heartbeatMs: number) {
    this.timer = setInterval(() => this.beat(), heartbeatMs / groupCount);
    this.timer.unref();
  }

  /** Pings the socket from now on, until it is deleted from the returned group. */
  add(socket: Socket): Set<Socket> {
    const group = this.groups[this.nextGroup]!;
    this.nextGroup = (this.nextGroup + 1) % groupCount;
    return group.add(socket);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private beat(): void {
    const group = this.groups[this.nextBeat]!;
    this.nextBeat = (this.nextBeat + 1) % groupCount;
    for (const socket of group) socket.beat();
  }
}
