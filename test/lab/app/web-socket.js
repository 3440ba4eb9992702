// The server's half of WebSockets, as far as the lab's application needs it: text out, pings answered, a close heard and said.
const { createHash } = require('node:crypto');

const KEY = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'; // RFC 6455, 1.3
const TEXT = 1, CLOSE = 8, PING = 9, PONG = 10;
const GOING_AWAY = Buffer.from([0x03, 0xe9]); // 1001

/** Accepts an upgrade; returns what `say`s a line, `end`s the connection, and tells when it is over. */
exports.acceptWebSocket = (request, socket) => {
  const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + KEY).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: ${accept}\r\n\r\n`);
  const send = (opcode, payload) => socket.writable && socket.write(Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload]));
  let rest = Buffer.alloc(0);
  socket.on('error', () => {}).on('end', () => socket.end()).on('data', (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    // A client's frame: two bytes, four of mask, then at most 125 of payload.
    while (rest.length >= 2 && rest.length >= 6 + (rest[1] & 0x7f)) {
      const size = rest[1] & 0x7f;
      const mask = rest.subarray(2, 6);
      const payload = Buffer.from(rest.subarray(6, 6 + size).map((byte, i) => byte ^ mask[i % 4]));
      const opcode = rest[0] & 0x0f;
      rest = rest.subarray(6 + size);
      if (opcode === PING) send(PONG, payload);
      if (opcode === CLOSE) {
        send(CLOSE, payload);
        socket.end();
      }
    }
  });
  return {
    say: (line) => send(TEXT, Buffer.from(`${line}`)),
    end: () => {
      send(CLOSE, GOING_AWAY);
      socket.end();
    },
    onClose: (then) => socket.on('close', then),
  };
};
