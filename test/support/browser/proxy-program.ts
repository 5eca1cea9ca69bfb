import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { createTestFolder } from '../folder';
import { eventually } from '../patience';
import { startProgram } from '../process';
import type { ReverseProxy } from './reverse-proxy';

export type ProxyName = 'nginx' | 'caddy';

const toInstall = {
  nginx:
    'nginx is not installed. On Debian and Ubuntu: apt-get install nginx-light; macOS: brew install nginx',
  caddy:
    'Caddy is not installed. On Debian and Ubuntu: apt-get install caddy; macOS: brew install caddy',
};

/** Throws an Error that says what to install if the program is missing. */
export function requireProxy(name: ProxyName): void {
  const { error } = spawnSync(name, [name === 'nginx' ? '-v' : 'version'], pathOfServers);
  if (error) throw new Error(toInstall[name]);
}

/** Debian has nginx in a folder that only root searches. */
const searched = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;
const pathOfServers = { env: { PATH: searched } };

/** Runs a recipe of the guide, on a free port of this machine and before the services at `targets`. */
export async function startProxy(
  name: ProxyName,
  recipe: string,
  ...targets: string[]
): Promise<ReverseProxy> {
  const folder = createTestFolder();
  const address = `127.0.0.1:${await freePort()}`;
  const site = targets.reduce(
    (text, target, at) => text.replaceAll(`127.0.0.1:${4_000 + at}`, new URL(target).host),
    recipe,
  );
  const file = path.join(folder.path, 'site.conf');
  writeFileSync(file, name === 'nginx' ? nginxConfig(site, address) : caddyConfig(site, address));
  const args =
    name === 'nginx'
      ? ['-p', folder.path, '-c', file, '-e', 'stderr']
      : ['run', '--config', file, '--adapter', 'caddyfile'];
  const program = startProgram(name, args, {
    PATH: searched,
    XDG_DATA_HOME: folder.path,
    XDG_CONFIG_HOME: folder.path,
  });
  const close = async () => {
    program.child.kill();
    await program.ended;
    folder.remove();
  };
  const url = `http://${address}`;
  try {
    await eventually(async () => {
      if (program.child.exitCode !== null) return;
      await fetch(url);
    });
    if (program.child.exitCode !== null) throw new Error(`${name} ended: ${program.errors()}`);
  } catch (error) {
    await close();
    throw error;
  }
  return { url, close };
}

/** What nginx needs around a site, with everything in a folder of the test. */
function nginxConfig(site: string, address: string): string {
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `daemon off;
pid nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  ${folders.map((name) => `${name}_temp_path ${name};`).join('\n  ')}
  ${site.replace('listen 80;', `listen ${address};`)}
}
`;
}

function caddyConfig(site: string, address: string): string {
  return `{
	admin off
	auto_https off
}
${site.replace('desk.example', `http://${address}`)}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
