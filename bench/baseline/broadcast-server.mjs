import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

/*
 * The baseline of the fan-out: `ws` alone. Each posted text is sent to every socket unchanged; no
 * GraphQL, no permissions, no database. The bench receives the port by a message. Plain JavaScript,
 * so that no compiler is in its memory, which is measured too.
 */
const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const text = Buffer.concat(parts).toString('utf8');
    for (const socket of sockets.clients) socket.send(text);
    response.writeHead(200, { 'content-length': 2 }).end('{}');
  });
});
const sockets = new WebSocketServer({ server });
sockets.on('connection', (socket) => socket.on('error', () => {}));

server.listen(0, '127.0.0.1', () => process.send(server.address().port));

// The bench has gone.
process.on('disconnect', () => process.exit(0));
