import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { Origin } from '../access/audit';

/** Tells from where a request comes, the same at every door. */
export class Callers {
  private readonly proxies = new BlockList();

  /** `trustedProxies`: addresses, or ranges such as 10.0.0.0/8. */
  constructor(trustedProxies: readonly string[]) {
    for (const proxy of trustedProxies) {
      const [address = '', bits] = proxy.split('/');
      const family = familyOf(address);
      if (bits === undefined) this.proxies.addAddress(address, family);
      else this.proxies.addSubnet(address, Number(bits), family);
    }
  }

  of(request: IncomingMessage, door: Origin['door']): Omit<Origin, 'requestId'> {
    const userAgent = request.headers['user-agent'] ?? null;
    return { door, ip: this.addressOf(request), userAgent };
  }

  /**
   * Who is connected; where that is a proxy of ours, whom it says it speaks for, and so on. Anybody can
   * write X-Forwarded-For: it is read from its end, and only as long as a proxy of ours wrote it.
   */
  private addressOf({ socket, headers }: IncomingMessage): string | null {
    let address = plain(socket.remoteAddress ?? '');
    const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
    while (isIP(address) && this.proxies.check(address, familyOf(address))) {
      const before = plain(forwarded.pop()?.trim() ?? '');
      if (!isIP(before)) break;
      address = before;
    }
    return address === '' ? null : address;
  }
}

/** An IPv4 address is written as one, also where it came over an IPv6 socket. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
