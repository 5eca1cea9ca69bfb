import { createRequire } from 'node:module';

/* A process of its own that delivers webhooks, from the built service, so that a test can kill it. */
const require = createRequire(import.meta.url);
require('reflect-metadata');
const { wholeShare } = require('../../../dist/src/core/background-share.js');
const { createDataSource } = require('../../../dist/src/db/data-source.js');
const { DeliveryRunner } = require('../../../dist/src/deliveries/delivery-runner.js');
const { composeEvent } = require('../../../dist/src/webhooks/payload.js');

const [url, key] = process.argv.slice(2);
const source = await createDataSource(url, 4, {}).initialize();
new DeliveryRunner({
  source,
  share: wholeShare,
  hints: { listen() {} },
  key: Buffer.from(key, 'hex'),
  rules: { privateAddresses: true, plainHttp: true },
  compose: composeEvent,
  nowMs: () => Date.now(),
  log: console,
  observe: { webhookTried() {} },
  sweepEveryMs: 50,
  timeoutMs: 600_000,
}).start();
