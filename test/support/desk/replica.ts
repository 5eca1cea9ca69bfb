import { readConfig } from '../../../src/core/config';
import { createLog } from '../../../src/core/log';
import { longWaits } from '../patience';
import { startService } from '../../../src/service';
import { request, type TestService } from './service';

/** One more process of the service, in effect, on a database that is there already. */
export async function startReplica(
  databaseUrl: string,
  environment: Record<string, string> = {},
): Promise<TestService> {
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: databaseUrl,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    DAYPASS_LOCAL_ISSUER: 'true',
    DAYPASS_INTROSPECTION: 'true',
    DAYPASS_METRICS: 'open',
    LOG_LEVEL: 'silent',
    ...longWaits,
    ...environment,
  });
  const service = await startService(config, createLog(config));
  return { ...service, request: (document, options) => request(service.url, document, options) };
}
