/*
 * Loaded into the service with `--require`. On any message from the bench it replies with the longest
 * delay of the event loop since the message before, in milliseconds.
 */
const { monitorEventLoopDelay } = require('node:perf_hooks');

const resolution = 2;
const delay = monitorEventLoopDelay({ resolution });
delay.enable();
process.on('message', () => {
  const longest = delay.max / 1e6 - resolution;
  delay.reset();
  process.send({ longest: Math.max(longest, 0) });
});
// The service must end on its own, as it does without a bench.
process.channel?.unref();
