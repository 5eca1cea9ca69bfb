import { createProxyServer, type ProxyServerOptions } from 'httpxy';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A reverse proxy before the service, as nginx and others are set up in the field. */
export interface ReverseProxy {
  /** Where it answers, with its prefix. */
  url: string;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** The path below which the service is; the proxy removes it. */
  prefix?: string;
  /** Whether Host becomes the service's own address, which is nginx's default. */
  changeOrigin?: boolean;
  /** Headers that it sets on each request to the service. */
  headers?: Record<string, string>;
}

export async function openReverseProxy(
  target: string,
  { prefix = '', changeOrigin = false, headers = {} }: ProxyOptions,
): Promise<ReverseProxy> {
  const settings: ProxyServerOptions = { target, changeOrigin, headers };
  const proxy = createProxyServer(settings);
  const isBelow = (request: IncomingMessage) => {
    if (!request.url?.startsWith(`${prefix}/`)) return false;
    request.url = request.url.slice(prefix.length);
    return true;
  };
  const server = createServer((request, response) => {
    if (!isBelow(request)) return response.writeHead(404).end();
    proxy.web(request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => {
    if (!isBelow(request)) return socket.destroy();
    proxy.ws(request, socket as never, settings, head).catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
