/*
 * Loaded into servers with `--require`: collects garbage on SIGUSR2, so that memory can be measured
 * without it. The garbage that V8 has not collected differs by several kilobytes per socket between runs.
 */
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
// With the flag on, V8 refuses what it compiled without it, even Node's own modules.
setFlagsFromString('--no-expose-gc');
process.on('SIGUSR2', () => collect());
