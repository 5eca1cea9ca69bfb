import { BlockList, isIP } from 'node:net';

/** Networks that are not public: RFC 6890 and its successors. */
const reserved = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Cloud machines find their credentials here.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  reserved.addSubnet(network, prefix, 'ipv4');
}

/** All public unicast of IPv6 is in 2000::/3; of that, what carries an IPv4 address or is kept back. */
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');
const globalButKept = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  globalButKept.addSubnet(network, prefix, 'ipv6');
}

/**
 * Whether the IP address is one of the public internet. False for a text that is not an address.
 */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !reserved.check(address, 'ipv4');
  if (version !== 6) return false;
  return global.check(address, 'ipv6') && !globalButKept.check(address, 'ipv6');
}

/** Whether a host, as a URL or `HOST` has it, names this machine itself. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(name) === 4) return name.startsWith('127.');
  return name === 'localhost' || name === '::1';
}
