/**
 * Loaded before the built service (`node --require`): each line on standard input names a place
 * inside a library, which then throws there once, outside every promise that the service awaits.
 */
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');
const { Pool } = require('pg');

const packages = path.join(__dirname, '../../../node_modules');
const inside = (file) => require(path.join(packages, file));

/** Throws in the library's method when it is called next. */
function throwNext(prototype, method, name) {
  const original = prototype[method];
  prototype[method] = function (...given) {
    prototype[method] = original;
    void this;
    void given;
    throw new Error(`thrown inside ${name}`);
  };
}

let listenForJobs;
const { connect } = Pool.prototype;
Pool.prototype.connect = function (callback) {
  if (callback && new Error().stack.includes('graphile-worker')) listenForJobs = callback;
  return connect.call(this, callback);
};

let server;
const { listen } = http.Server.prototype;
http.Server.prototype.listen = function (...given) {
  // eslint-disable-next-line @typescript-eslint/no-this-alias
  server = this;
  return listen.apply(this, given);
};

const places = {
  /** As a listener whose connection breaks between two of its statements. */
  jobs() {
    const broken = {
      on() {},
      removeListener() {},
      release() {},
      query() {
        throw new Error('thrown inside jobs');
      },
    };
    // The jobs begin after the service listens.
    const look = () => {
      if (!listenForJobs) return void setTimeout(look, 20);
      listenForJobs(undefined, broken, broken.release);
    };
    setImmediate(look);
  },
  mail: () =>
    throwNext(
      inside('nodemailer/dist/cjs/smtp-connection/index.js').default.prototype,
      '_onData',
      'mail',
    ),
  database: () =>
    throwNext(inside('pg-protocol/dist/parser.js').Parser.prototype, 'parse', 'database'),
  websocket: () => throwNext(inside('ws/lib/receiver.js').prototype, 'getInfo', 'websocket'),
  http() {
    const full = new Error('accept EMFILE');
    server.emit('error', Object.assign(full, { code: 'EMFILE', syscall: 'accept' }));
  },
  /** Nobody listens to what becomes of it. */
  socket: () => void net.connect(1, '127.0.0.1'),
  console() {
    const error = new Error('it says "Secret-Of-Ada"');
    console.trace(Object.assign(error, { detail: 'Key (name)=(Secret-Of-Ada)' }));
    console.error('attempt failed: "Secret-Of-Ada"', { name: 'Secret-Of-Ada' });
  },
  rejection: () => void Promise.reject(new Error('nobody waits for it')),
  ours() {
    setImmediate(() => {
      throw new Error('thrown by nobody’s library');
    });
  },
};

let line = '';
process.stdin.setEncoding('utf8').on('data', (text) => {
  line += text;
  const names = line.split('\n');
  line = names.pop();
  for (const name of names) {
    places[name]();
    process.stdout.write(`armed ${name}\n`);
  }
});
process.stdin.unref?.();
