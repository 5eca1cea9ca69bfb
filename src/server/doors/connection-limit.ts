import type { Principal } from '../../access/principal';
import { rateLimitKey } from '../../api/rate-limit-key';

/** How many sockets and event streams each principal has open at this process. */
export class ConnectionLimit {
  private readonly open = new Map<string, number>();

  constructor(private readonly most: number) {}

  /** Counts one more connection, which calls `leave` once when it closes; false if the limit is reached. */
  enter(principal: Principal): boolean {
    const key = rateLimitKey(principal);
    const count = this.open.get(key) ?? 0;
    if (count >= this.most) return false;
    this.open.set(key, count + 1);
    return true;
  }

  leave(principal: Principal): void {
    const key = rateLimitKey(principal);
    const left = (this.open.get(key) ?? 1) - 1;
    if (left > 0) this.open.set(key, left);
    else this.open.delete(key);
  }
}
