import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly requests: number;
  /** One whole request, head and body. */
  readonly next: () => string;
}

/**
 * Sends requests over keep-alive connections, one under way on each, and returns answers a second. It speaks just so much
 * HTTP as the servers of these benches need, so that the second core measures them and not itself.
 * @throws Error for any answer but 200 and a gate's refusal.
 */
export async function rateOverHttp({ port, connections, requests, next }: Load): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  let sent = 0;
  const startedAt = performance.now();
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve, reject) => {
          const send = () => {
            if (sent >= requests) return resolve();
            sent += 1;
            socket.write(next());
          };
          readAnswers(socket, send, reject);
          send();
        }),
    ),
  );
  const rate = (requests * 1_000) / (performance.now() - startedAt);
  for (const socket of sockets) socket.destroy();
  return rate;
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.setNoDelay(true);
    socket.once('error', reject);
  });
}

/** Calls back once for each whole answer. */
function readAnswers(socket: Socket, onAnswer: () => void, onError: (error: Error) => void): void {
  let received = '';
  socket.setEncoding('latin1');
  socket.on('error', onError);
  socket.on('data', (part: string) => {
    received += part;
    const headEnd = received.indexOf('\r\n\r\n');
    if (headEnd === -1) return;
    const length = Number(/content-length: (\d+)/i.exec(received.slice(0, headEnd))?.[1]);
    if (received.length < headEnd + 4 + length) return;
    if (!/^HTTP\/1\.1 (200|402|429) /.test(received)) return onError(new Error(received.slice(0, 500)));
    received = '';
    onAnswer();
  });
}

/** A JSON POST as it goes over the wire. */
export function postRequest(
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n${lines.join('')}\r\n${body}`;
}
