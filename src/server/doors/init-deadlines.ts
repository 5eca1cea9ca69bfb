/**
 * Closes sockets that send no `connection_init` in time. All may wait equally long, so the one that
 * opened first is due first, and they share one timer.
 */
export class InitDeadlines<Socket extends { initIsLate(): void }> {
  /** When each was opened. */
  private readonly waiting = new Map<Socket, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly waitMs: number) {}

  add(socket: Socket): void {
    this.waiting.set(socket, performance.now());
    this.timer ??= setTimeout(() => this.look(), this.waitMs);
  }

  remove(socket: Socket): void {
    this.waiting.delete(socket);
    if (this.waiting.size > 0) return;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    this.timer = undefined;
    const now = performance.now();
    for (const [socket, openedAt] of this.waiting) {
      const leftMs = openedAt + this.waitMs - now;
      if (leftMs > 0) {
        this.timer = setTimeout(() => this.look(), Math.ceil(leftMs));
        return;
      }
      this.waiting.delete(socket);
      socket.initIsLate();
    }
  }
}
