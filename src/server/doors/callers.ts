import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { Origin } from '../../access/audit';

/** The service's address as seen from outside its proxies. */
export interface UsedAddress {
  origin: string;
  /** The base path of its pages, with a slash at both ends. */
  basePath: string;
}

/** A path of a few plain segments, as it is written into a page. */
const prefixShape = /^(\/[\w.~-]{1,64}){1,8}\/?$/;

/** Finds out where a request comes from, the same at every door. */
export class Callers {
  private readonly proxies = new BlockList();
  private readonly hasProxies: boolean;

  /** `trustedProxies`: addresses, or ranges such as 10.0.0.0/8. */
  constructor(trustedProxies: readonly string[]) {
    this.hasProxies = trustedProxies.length > 0;
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
   * The address that the browser used, as a trusted proxy reports it by X-Forwarded-Host, -Proto and
   * -Prefix; null if no trusted proxy does.
   */
  addressUsed({
    socket,
    headers,
  }: Pick<IncomingMessage, 'socket' | 'headers'>): UsedAddress | null {
    if (!this.isProxy(plain(socket.remoteAddress ?? ''))) return null;
    const host = first(headers['x-forwarded-host']) ?? headers.host;
    // Some proxies report the scheme of a socket (ws); a browser's Origin has the scheme of the
    // page.
    const protocol = (first(headers['x-forwarded-proto']) ?? 'http').replace(/^ws(?=s?$)/i, 'http');
    const origin = `${protocol}://${host}`;
    const prefix = first(headers['x-forwarded-prefix']) ?? '';
    if (!URL.canParse(origin)) return null;
    return {
      origin: new URL(origin).origin,
      basePath: prefixShape.test(prefix) ? `${prefix.replace(/\/$/, '')}/` : '/',
    };
  }

  private isProxy(address: string): boolean {
    // Even an empty list makes an object for each check, which every request would pay for.
    return this.hasProxies && isIP(address) !== 0 && this.proxies.check(address, familyOf(address));
  }

  /**
   * The address of the connection; if it is a trusted proxy, the address that this proxy reports,
   * and so on. Anybody can write X-Forwarded-For: it is read from its end, and only up to the first
   * address that is not a trusted proxy.
   */
  private addressOf({ socket, headers }: IncomingMessage): string | null {
    let address = plain(socket.remoteAddress ?? '');
    const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
    while (this.isProxy(address)) {
      const before = plain(forwarded.pop()?.trim() ?? '');
      if (!isIP(before)) break;
      address = before;
    }
    return address === '' ? null : address;
  }
}

/** The first of the values that proxies wrote one after another. */
function first(header: string | string[] | undefined): string | undefined {
  return (
    String(header ?? '')
      .split(',')[0]
      ?.trim() || undefined
  );
}

/** An IPv4 address is written as one, even if it came over an IPv6 socket. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
