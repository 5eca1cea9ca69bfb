import { createServer } from 'node:http';

/*
 * A partner's server, which answers every request with 200. The bench receives the port by a message.
 */
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(200).end());
});

server.listen(0, '127.0.0.1', () => process.send(server.address().port));

// The bench has gone.
process.on('disconnect', () => process.exit(0));
