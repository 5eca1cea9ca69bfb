import { longWaits } from '../patience';

/**
 * The settings of every service that a test starts, within the test or as a process: a free port on
 * this machine only, production's defaults, and the ledger's own check of each batch. Without other
 * `waits`, no time-out of the product decides a test.
 */
export function testEnvironment(
  more: Record<string, string> = {},
  waits: Record<string, string> = longWaits,
): Record<string, string> {
  return {
    PORT: '0',
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
    DAYPASS_LOCAL_ISSUER: 'true',
    DAYPASS_INTROSPECTION: 'true',
    DAYPASS_METRICS: 'open',
    DAYPASS_ASSERT_CONSERVATION: 'true',
    LOG_LEVEL: 'silent',
    // Most services of tests live for seconds and use two or three connections. Six more to warm
    // would cost more than many a test.
    DAYPASS_KEPT_CONNECTIONS: '0',
    ...waits,
    ...more,
  };
}
