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

export interface PacedLoad extends Omit<Load, 'requests'> {
  readonly requestsASecond: number;
  readonly seconds: number;
}

/** How long answers are waited for once the load has ended. */
const patienceMs = 2_000;

/**
 * Sends requests at a steady pace, whether those before are answered or not, and returns how long each took from the moment at
 * which it was due: one that waits for a free connection has waited as well. It ends in time also where the server falls behind:
 * what is not answered 2 seconds after the last request was due counts with the time that it has waited by then.
 */
export async function millisecondsOverHttp(load: PacedLoad): Promise<number[]> {
  const { port, connections, next, requestsASecond, seconds } = load;
  const free = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const sockets = [...free];
  const taken: number[] = [];
  const total = Math.round(requestsASecond * seconds);
  const startedAtMs = performance.now();
  const dueAtMs = (index: number) => startedAtMs + (index * 1_000) / requestsASecond;
  const underWay = new Map<Socket, number>();
  let sent = 0;
  await new Promise<void>((resolve, reject) => {
    const send = () => {
      const nowMs = performance.now();
      for (; free.length > 0 && sent < total && dueAtMs(sent) <= nowMs; sent++) {
        const socket = free.pop();
        if (socket === undefined) return;
        underWay.set(socket, dueAtMs(sent));
        socket.write(next());
      }
      if (taken.length < total && nowMs < dueAtMs(total) + patienceMs) return;
      clearInterval(pace);
      resolve();
    };
    for (const socket of sockets) {
      const onAnswer = () => {
        taken.push(performance.now() - (underWay.get(socket) ?? 0));
        underWay.delete(socket);
        free.push(socket);
        send();
      };
      readAnswers(socket, onAnswer, reject);
    }
    const pace = setInterval(send, 1);
  });
  const endedAtMs = performance.now();
  for (const at of underWay.values()) taken.push(endedAtMs - at);
  for (; sent < total; sent++) taken.push(endedAtMs - dueAtMs(sent));
  for (const socket of sockets) socket.destroy();
  return taken;
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
