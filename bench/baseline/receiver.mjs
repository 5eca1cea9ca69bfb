import { createServer } from 'node:net';

/*
 * A partner's server, which answers every request with 200. It uses plain sockets: a partner's server
 * runs elsewhere, and this one shares the cores with what is measured. A sender waits for the answer
 * before it sends the next request. The bench receives the port by a message.
 */
const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';

const server = createServer((socket) => {
  let request = '';
  socket.setNoDelay(true).setEncoding('latin1');
  socket.on('data', (text) => {
    request += text;
    const headLength = request.indexOf('\r\n\r\n') + 4;
    if (headLength < 4) return;
    const [, length = '0'] = /content-length: (\d+)/i.exec(request.slice(0, headLength)) ?? [];
    if (request.length < headLength + Number(length)) return;
    request = '';
    socket.write(answer);
  });
  socket.on('error', () => {});
});

server.listen(0, '127.0.0.1', () => process.send(server.address().port));

// The bench has gone.
process.on('disconnect', () => process.exit(0));
