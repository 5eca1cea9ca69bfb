import { readConfig } from '../../../src/core/config';
import { createLog } from '../../../src/core/log';
import { startService } from '../../../src/service';
import { testEnvironment } from './environment';
import { request, type TestService } from './service';

/** One more process of the service, in effect, on a database that is there already. */
export async function startReplica(
  databaseUrl: string,
  environment: Record<string, string> = {},
): Promise<TestService> {
  const config = readConfig(testEnvironment({ DATABASE_URL: databaseUrl, ...environment }));
  const service = await startService(config, createLog(config));
  return { ...service, request: (document, options) => request(service.url, document, options) };
}
