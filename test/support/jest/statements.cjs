const { appendFileSync } = require('node:fs');
const path = require('node:path');
const { Client } = require('pg');

const root = path.join(__dirname, '../../..');
/** Files that pass on the statements of others. */
const passesOn = [__filename, path.join(root, 'src/db/bounded-client.ts')];
const seen = new Set();
let unwritten = [];

/**
 * Gathers the texts of the product's SQL while the tests run: each text once in a worker, when it is
 * first sent. When the run is over, `judge-statements.ts` holds them to the rules of a cluster.
 */
function gatherStatements() {
  const { query } = Client.prototype;
  Client.prototype.query = function (config, ...rest) {
    const text = typeof config === 'string' ? config : config?.text;
    // A group of statements has no text: it was prepared statement by statement.
    if (text && !seen.has(text)) {
      seen.add(text);
      const from = authorOf(filesOfStack());
      if (from === null || /^src\//.test(from)) unwritten.push({ text, from });
    }
    return query.call(this, config, ...rest);
  };
}

/** The files of the calls that led here. The text of a stack would look up each in its source map. */
function filesOfStack() {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_error, sites) => sites.map((site) => site.getFileName());
  const files = new Error().stack;
  Error.prepareStackTrace = prepareStackTrace;
  return files;
}

/** Our file that is nearest to the driver; null if the driver was called by a timer of its own. */
function authorOf(files) {
  for (const file of files) {
    if (!file) continue;
    const name = path.relative(root, file).replaceAll('\\', '/');
    if (/^(?:src|test|migrations|bench|scripts)\//.test(name) && !passesOn.includes(file))
      return name;
  }
  return null;
}

/** At the end of each test file: a worker may be ended at any time after its last one. */
function writeStatements() {
  const file = process.env.TEST_STATEMENTS;
  const lines = unwritten.map((one) => `${JSON.stringify(one)}\n`);
  if (file && lines.length > 0) appendFileSync(file, lines.join(''));
  unwritten = [];
}

module.exports = { gatherStatements, writeStatements };
