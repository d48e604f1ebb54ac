import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** How a server answers that has turned against the extension; `good` passes everything on to a real one. */
export type Behaviour =
  | 'good'
  | 'large'
  | 'redirect'
  | 'html'
  | 'slow'
  | 'mute'
  | 'deep'
  | 'markup'
  | 'flood';

export interface HostileServer {
  url: string;
  behave(behaviour: Behaviour): void;
  /** Bytes of the last answer without an end that were taken off it; undefined until the reader has let go. */
  bytesTaken(): number | undefined;
  /** Requests to the place that redirects lead to. */
  strayed: string[];
  /** Method and path of each request, and whether it has an ETag, in order, since the behaviour was set. */
  requests: string[];
  /** Sockets that were asked for since it floods. */
  socketsAsked(): number;
  /** Sockets that it floods now. */
  socketsFlooded(): number;
  close(): Promise<void>;
}

/** Text that runs, loads or asks where it is taken for markup. */
export const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';

/** Starts a server that is the real one's front, until it is told to behave otherwise. */
export async function startHostileServer(realUrl: string): Promise<HostileServer> {
  let behaviour: Behaviour = 'good';
  let bytesTaken: number | undefined;
  let socketsAsked = 0;
  const strayed: string[] = [];
  const requests: string[] = [];
  const sockets = new Set<Duplex>();

  const elsewhere = createServer((request, response) => {
    strayed.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
    response.writeHead(200, allowAll).end('{}');
  });
  await listen(elsewhere);

  /** Sends without an end, for as long as somebody takes it. */
  const sendForEver = (response: ServerResponse, piece: string, everyMs: number): void => {
    bytesTaken = undefined;
    let bytes = 0;
    let isTaken = true;
    response.on('close', () => {
      isTaken = false;
      bytesTaken = bytes;
    });
    const send = (): void => {
      if (!isTaken) return;
      bytes += piece.length;
      const isRoom = response.write(piece);
      if (everyMs > 0) setTimeout(send, everyMs);
      else if (isRoom) setImmediate(send);
      else response.once('drain', send);
    };
    send();
  };

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { host: _host, connection: _connection, 'if-none-match': etag, ...headers } = request.headers;
    // A poisoned answer is another one, whatever the browser has kept.
    if (behaviour !== 'markup' && etag !== undefined) headers['if-none-match'] = etag;
    const body: Buffer[] = [];
    for await (const piece of request) body.push(piece as Buffer);
    const answer = await fetch(`${realUrl}${request.url}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(body.length > 0 && { body: Buffer.concat(body) }),
    });
    const {
      'content-encoding': _encoding,
      'content-length': _length,
      ...rest
    } = Object.fromEntries(answer.headers);
    let text = await answer.text();
    if (behaviour === 'markup' && request.url?.endsWith('/summary')) {
      text = poison(text);
      delete rest.etag;
    }
    response.writeHead(answer.status, rest).end(text);
  };

  const server = createServer((request, response) => {
    const condition = request.headers['if-none-match'] === undefined ? '' : ' if changed';
    requests.push(`${request.method} ${request.url}${condition}`);
    // What the browser asks beforehand is answered well, so that the question itself comes.
    if (request.method === 'OPTIONS') return void pass(request, response);
    const json = { ...allowAll, 'Content-Type': 'application/json' };
    switch (behaviour) {
      case 'large':
        response.writeHead(200, json);
        return sendForEver(response, `"${'x'.repeat(65_536)}",`, 0);
      case 'slow':
        response.writeHead(200, json);
        return sendForEver(response, ' ', 200);
      case 'mute':
        return;
      case 'redirect':
        return void response.writeHead(307, { ...allowAll, Location: urlOf(elsewhere) }).end();
      case 'html':
        return void response
          .writeHead(200, { ...allowAll, 'Content-Type': 'text/html' })
          .end(`<p>Sign in</p>${markup}`);
      case 'deep':
        return void response.writeHead(200, json).end('['.repeat(200_000));
      default:
        return void pass(request, response).catch(() => response.destroy());
    }
  });
  server.on('upgrade', (request, socket) => {
    socket.on('error', () => socket.destroy());
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    if (behaviour !== 'flood') return void socket.destroy();
    socketsAsked += 1;
    flood(request, socket);
  });
  await listen(server);

  return {
    url: urlOf(server),
    behave(next) {
      behaviour = next;
      socketsAsked = 0;
      requests.length = 0;
    },
    bytesTaken: () => bytesTaken,
    strayed,
    requests,
    socketsAsked: () => socketsAsked,
    socketsFlooded: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      for (const each of [server, elsewhere])
        await new Promise<void>((resolve) => {
          each.close(() => resolve());
          each.closeAllConnections();
        });
    },
  };
}

/** A summary with texts that would run as markup, and with addresses that would run as code. */
function poison(text: string): string {
  const summary: unknown = JSON.parse(text);
  const changes = {
    accountName: markup,
    planName: markup,
    billingUrl: 'javascript:document.title=3',
    creditLabel: { one: markup, other: markup },
  };
  return JSON.stringify({ ...(summary as object), ...changes, asOf: new Date().toISOString() });
}

/** Greets as a server does, and then never stops: changes of ever higher versions, as fast as they are taken. */
function flood(request: IncomingMessage, socket: Duplex): void {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  socket.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${accept}`,
      'Sec-WebSocket-Protocol: usagekit.v1',
      '\r\n',
    ].join('\r\n'),
  );
  // It hears nothing but that the other end is closing, which comes as a frame.
  socket.on('data', (bytes: Buffer) => {
    if (((bytes[0] ?? 0) & 0x0f) === 8) socket.destroy();
  });
  let version = 1_000_000;
  const send = (): void => {
    if (socket.destroyed) return;
    version += 1;
    const change = {
      type: 'change',
      accountId: 'acme',
      version,
      since: version - 1,
      views: ['summary'],
      moved: {},
    };
    const figures = {
      credits: { available: '1', held: '0', unit: 'credits' },
      level: 'ok',
      blocked: false,
      taskIds: [],
    };
    const text = Buffer.from(JSON.stringify({ ...change, ...figures, asOf: new Date().toISOString() }));
    const head = Buffer.from([0x81, 126, text.length >> 8, text.length & 0xff]);
    if (socket.write(Buffer.concat([head, text]))) setImmediate(send);
    else socket.once('drain', send);
  };
  send();
}

const allowAll = { 'Access-Control-Allow-Origin': '*' };

async function listen(server: ReturnType<typeof createServer>): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function urlOf(server: ReturnType<typeof createServer>): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
