// A server on Node.js that a rollout costs nothing: HTTP/1.1 on PORT, HTTP/2 without TLS on HTTP2_PORT.
const http = require('node:http');
const http2 = require('node:http2');
const os = require('node:os');
const { setTimeout: sleep } = require('node:timers/promises');

const { PORT = 8080, HTTP2_PORT = 8081, VERSION = '1', CLOSE_NOTICE_SECONDS = 10 } = process.env;
const who = `${VERSION} ${os.hostname()}\n`;
const streams = new Set();
const sessions = new Set();
let leaving = false;

async function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname === '/stream') return stream(response);
  if (pathname === '/ready') response.statusCode = leaving ? 503 : 200;
  if (pathname === '/slow') await sleep(Number(searchParams.get('ms') ?? 3000));
  if (leaving && request.httpVersionMajor === 1) response.setHeader('connection', 'close');
  response.end(who);
}

function stream(response) {
  response.write(who);
  if (leaving) response.write('move\n');
  const beat = setInterval(() => response.write(`${Date.now()}\n`), 1000);
  streams.add(response);
  response.on('close', () => {
    clearInterval(beat);
    streams.delete(response);
  });
}

const server = http.createServer(answer).listen(Number(PORT));
server.keepAliveTimeout = 75_000; // longer than clients keep a silent connection: whoever closes first causes no race
const http2Server = http2.createServer(answer).listen(Number(HTTP2_PORT));
http2Server.on('session', (session) => {
  sessions.add(session);
  session.on('close', () => sessions.delete(session));
});

process.once('SIGTERM', async () => {
  leaving = true;
  for (const session of sessions) session.close(); // GOAWAY, and an end when what was begun is answered
  for (const open of streams) open.write('move\n');
  await sleep(Number(CLOSE_NOTICE_SECONDS) * 1000);
  for (const open of streams) open.end();
  for (const session of sessions) session.close(); // those that came meanwhile
  http2Server.close();
  server.close(); // closes idle connections, too; with the last request nothing is left to run, and Node.js exits
});
