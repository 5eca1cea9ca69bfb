/*
 * Loaded into servers with `--require`, so that memory can be measured without garbage: how much of it
 * V8 lets lie differs by several kilobytes per socket from run to run. Collects it on SIGUSR2.
 */
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => collect());
