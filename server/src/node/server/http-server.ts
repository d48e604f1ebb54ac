import {
  createServer,
  type IncomingMessage,
  maxHeaderSize,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Answerer } from '../../app/create-app.ts';
import type { ErrorCode } from '../../contract/http/errors.ts';
import { paths } from '../../contract/http/paths.ts';
import { ConfigError } from '../config/config-error.ts';
import { hasPlainHead, ReceivedRequest } from './received-request.ts';
import { declaresTooMuch, isEarly, sendEarly } from './send-early.ts';
import { sendReply, sendResponse } from './send-reply.ts';

export interface HttpServerOptions {
  readonly port: number;
  readonly host: string;
  /** How long an idle connection is kept; longer than a load balancer in front keeps it. */
  readonly keepAliveSeconds?: number;
  /** The number of proxies in front. Each adds the address that it was called from to `X-Forwarded-For`. */
  readonly trustedProxies: number;
  /** Answers a request; gets the address that it came from. */
  readonly fetch: (request: Request, address: string | null) => Promise<Response>;
  /** What answers requests that are held whole; undefined where `fetch` does. */
  readonly answererOf: (method: string, path: string) => Answerer | undefined;
  /** Answers input that is not a request (an unreadable address, host or head), and failures. */
  readonly refuse: (code: ErrorCode, detail: string) => Response;
  /** Receives errors that belong to no request. */
  readonly report: (error: unknown) => void;
}

/** A listening port with the limits, the time-outs and the one exit for errors that every connection meets. */
export interface HttpServer {
  readonly server: Server;
  readonly port: number;
  /** Such as `http://127.0.0.1:4310`. */
  readonly url: string;
  /** Takes no more connections, answers what comes on those there are, and then closes them. */
  close(): Promise<void>;
}

/** Load balancers mostly keep an idle connection for 60 s; one that the server closes first loses the request on its way. */
export const keepAliveSecondsDefault = 75;
const headersTimeoutMs = 20_000;
const requestTimeoutMs = 120_000;
/** How long answers that are under way are waited for when the server stops. */
const stopPatienceMs = 10_000;
/** When the server stops, a client in the midst of its requests has so long to send one more, and is told that it is the last. */
export const idleGraceMs = 150;
const idleSweepMs = 20;
/** Connections that may wait with the system until the process takes them. */
const waitingMax = 511;

/** Listens on the port. @throws the system's own error where the port is taken. */
export async function listenHttp(options: HttpServerOptions): Promise<HttpServer> {
  const { port, host, fetch, answererOf, refuse, report } = options;
  const { keepAliveSeconds = keepAliveSecondsDefault } = options;
  let isStopping = false;
  /** Connections are taken from now on only since they wait already. */
  let isTakingLast = false;
  /** The latest answer of each connection. */
  const answers = new Map<Socket, ServerResponse>();
  /** Connections without a request so far. */
  const unused = new Set<Socket>();
  /** Connections that were taken after the stop began: none has a second request. */
  const takenLast = new WeakSet<Socket>();
  const addressOf = ({ socket, headers }: IncomingMessage) =>
    callerAddress(socket.remoteAddress ?? null, headers['x-forwarded-for'], options.trustedProxies);
  const failed = (error: unknown) => {
    // Thrown before there was a request: its address or its host is none.
    if (error instanceof Error && error.name === 'RequestError')
      return refuse('invalid_request', error.message);
    report(error);
    return refuse('internal', 'Something went wrong on the server');
  };
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const send = async (response: Response): Promise<Response | undefined> => {
      if (!isEarly(response, incoming)) return response;
      await sendEarly(response, incoming, outgoing);
      return undefined;
    };
    const fetched = async (request: Request): Promise<Response> => {
      const response = await send(await fetch(request, addressOf(incoming)));
      if (response === undefined) throw alreadySent;
      return response;
    };
    return getRequestListener(fetched, {
      hostname: 'localhost',
      errorHandler: (error) => (error === alreadySent ? undefined : send(failed(error))),
    })(incoming, outgoing);
  };
  /** A request whose body has come with its head is read at once, and answered without the objects of the platform. */
  const answerWhole = (incoming: IncomingMessage, outgoing: ServerResponse, answerer: Answerer) => {
    const isHere = incoming.readableLength === Number(incoming.headers['content-length']);
    const body: Buffer<ArrayBuffer> | null = isHere ? incoming.read() : null;
    if (body === null) {
      void answer(incoming, outgoing);
      return;
    }
    answerer(new ReceivedRequest(incoming, body), addressOf(incoming))
      .then((reply) => sendReply(reply, outgoing))
      .catch((error: unknown) => {
        report(error);
        if (outgoing.headersSent) outgoing.destroy();
        else void sendResponse(refuse('internal', 'Something went wrong on the server'), outgoing);
      });
  };
  const take = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    // The answer before said that it is the last; what still comes on the connection gets none, and must do nothing.
    const before = answers.get(incoming.socket);
    if (before?.headersSent === true && !before.shouldKeepAlive) return;
    answers.set(incoming.socket, outgoing);
    unused.delete(incoming.socket);
    // A peer that resets the connection while it is answered is no error of the server's.
    outgoing.on('error', nothing);
    if (isStopping || takenLast.has(incoming.socket)) outgoing.shouldKeepAlive = false;
    const isWithoutHost = incoming.headers.host === undefined && incoming.httpVersion !== '1.0';
    if (isWithoutHost)
      void sendEarly(refuse('invalid_request', 'The request names no host'), incoming, outgoing);
    else {
      const answerer = answererOf(incoming.method ?? '', incoming.url ?? '');
      // The parser first goes through all that has come, which mostly is the whole request.
      if (answerer !== undefined && hasPlainHead(incoming))
        process.nextTick(answerWhole, incoming, outgoing, answerer);
      else void answer(incoming, outgoing);
    }
  };
  const server = createServer(
    {
      keepAliveTimeout: keepAliveSeconds * 1_000,
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      // Without a host the answer is the listener's, with a problem's body.
      requireHostHeader: false,
      // Whatever else asks for another protocol is an ordinary request, and meets what every request meets.
      shouldUpgradeCallback: isSocketRequest,
    },
    take,
  );
  server.on('connection', (socket) => {
    unused.add(socket);
    if (isTakingLast) takenLast.add(socket);
    socket.once('close', () => {
      unused.delete(socket);
      answers.delete(socket);
    });
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else void endWith(socket, refuse(...unreadRequest(error.code)));
  });
  // An expectation that is not known is none, where Node would answer by itself.
  server.on('checkExpectation', take);
  // A client that asks before it sends need not send what would not be taken.
  server.on('checkContinue', (incoming, outgoing) => {
    if (!declaresTooMuch(incoming)) outgoing.writeContinue();
    take(incoming, outgoing);
  });
  server.on('connect', (_request, socket) => {
    const response = refuse('method_not_allowed', 'This server opens no tunnels');
    response.headers.set('allow', 'GET, HEAD, POST, PUT, PATCH, DELETE');
    void endWith(socket, response);
  });
  await listen(server, port, host);
  server.on('error', report);

  return {
    server,
    port: portOf(server),
    url: urlOf(server, host),
    async close() {
      isTakingLast = true;
      await takeWaiting(server);
      // Of a connection in use no answer is the last before the port is closed: its client would call again, and be reset with the port.
      isStopping = true;
      for (const outgoing of answers.values()) if (!outgoing.headersSent) outgoing.shouldKeepAlive = false;
      await closeGently(server, unused);
    },
  };
}

/** Whether it is the WebSocket's own address, as the only one that another protocol is spoken at. */
export function isSocketRequest(request: IncomingMessage): boolean {
  const isAsked = request.headers.upgrade?.toLowerCase() === 'websocket' && request.method === 'GET';
  return isAsked && request.url?.split('?', 1)[0] === paths.socket;
}

/** Why a request could not be read, by Node's own code. */
function unreadRequest(code: string | undefined): [ErrorCode, string] {
  if (code === 'HPE_HEADER_OVERFLOW')
    return ['headers_too_large', `The headers are larger than ${maxHeaderSize} bytes`];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return ['request_timeout', 'The request did not come in time'];
  return ['invalid_request', 'This is no HTTP request that can be read'];
}

/**
 * The address of who called: the socket's, or, behind so many proxies, the one that the outermost of them was called from. What
 * comes before it in the header is the caller's own word.
 */
export function callerAddress(
  socketAddress: string | null,
  forwardedFor: string | string[] | undefined,
  trustedProxies: number,
): string | null {
  if (trustedProxies === 0 || forwardedFor === undefined) return socketAddress;
  const addresses = String(forwardedFor)
    .split(',')
    .map((address) => address.trim());
  return addresses[Math.max(0, addresses.length - trustedProxies)] || socketAddress;
}

/** Writes a whole answer to a connection that has no response of its own, and closes it. */
export async function endWith(socket: Duplex, response: Response): Promise<void> {
  socket.on('error', () => socket.destroy());
  const body = await response.text();
  const lines = [`HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}`];
  for (const [name, value] of response.headers) lines.push(`${name}: ${value}`);
  lines.push(`content-length: ${Buffer.byteLength(body)}`, 'connection: close', '', body);
  // The other end may never close its half.
  socket.end(lines.join('\r\n'), () => socket.destroy());
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new ConfigError('--port', `port ${port} on ${host} is taken; name another one`, { cause })
          : cause,
      );
    server.once('error', fail);
    server.listen({ port, host, backlog: waitingMax }, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

/**
 * Takes the connections that wait with the system, which the end of the port would reset. Node takes one a turn, so under load many may
 * wait; as many as can wait at once are taken at most, since others keep coming.
 */
async function takeWaiting(server: Server): Promise<void> {
  let taken = 0;
  const count = (): void => {
    taken += 1;
  };
  server.on('connection', count);
  let takenBefore: number;
  do {
    takenBefore = taken;
    // What is left of the present turn takes none.
    await nextTurn();
    await nextTurn();
  } while (taken > takenBefore && taken < waitingMax);
  server.off('connection', count);
}

/**
 * Takes no more connections, closes each as its answer is sent, and cuts what has not ended in time. Node's own `close` ends
 * idle connections at once, among them those on which a request is arriving.
 */
function closeGently(server: Server, unused: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    let sweep: NodeJS.Timeout | undefined;
    // Where the process was held up, timers come before what has arrived meanwhile: that is read first.
    const closeIdle = () =>
      setImmediate(() => {
        server.closeIdleConnections();
        // Node counts those on which nothing has come among the busy ones.
        for (const socket of unused) if (socket.bytesRead === 0) socket.destroy();
      });
    const grace = setTimeout(() => {
      sweep = setInterval(closeIdle, idleSweepMs);
    }, idleGraceMs);
    const cut = setTimeout(() => server.closeAllConnections(), stopPatienceMs);
    NetServer.prototype.close.call(server, () => {
      clearTimeout(grace);
      clearInterval(sweep);
      clearTimeout(cut);
      // The only thing left of the server is its timer that looks for slow requests.
      server.close(() => resolve());
    });
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function urlOf(server: Server, host: string): string {
  const isAny = host === '0.0.0.0' || host === '::';
  const name = isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${portOf(server)}`;
}

function nothing(): void {}

/** Tells the adapter that it has nothing to send. */
const alreadySent = new Error('The answer is sent already');
