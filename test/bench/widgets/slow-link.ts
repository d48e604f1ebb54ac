import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface LinkProfile {
  downBitsPerSecond: number;
  upBitsPerSecond: number;
  /** Half of it is spent in each direction. */
  roundTripMs: number;
}

/** 'Fast 3G' as laboratories of web performance shape it, packet by packet. */
export const fast3G: LinkProfile = {
  downBitsPerSecond: 1_600_000,
  upBitsPerSecond: 768_000,
  roundTripMs: 150,
};

/** What a packet holds at most, and what its heads take in addition. */
const segmentBytesMax = 1_460;
const headBytes = 40;
/** What a sender may send before the first of it is acknowledged (RFC 6928). */
const initialWindowBytes = 10 * segmentBytesMax;

/** One phone's link: all connections through it share its rates. */
export interface SlowLink {
  /** The origin at which what listens at this one is reached through the link. */
  through(origin: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * A link of a phone, as a proxy of TCP on this machine. A connection takes a round trip before its first byte leaves, bytes take
 * half of one and wait for those before them, and an answer starts with ten packets and doubles with each round trip. It models no
 * names to look up, no TLS, no packets that are lost, and no acknowledgements that take of the rate.
 */
export function createSlowLink({ downBitsPerSecond, upBitsPerSecond, roundTripMs }: LinkProfile): SlowLink {
  const sendDown = createLane(downBitsPerSecond);
  const sendUp = createLane(upBitsPerSecond);
  const servers: ReturnType<typeof createServer>[] = [];
  const sockets = new Set<Socket>();

  /** Carries one direction of a connection until its end. */
  async function carry(from: Socket, to: Socket, sendOff: (bytes: number) => number) {
    let windowBytes = initialWindowBytes;
    let underWayBytes = 0;
    let acknowledged = Promise.withResolvers<void>();
    let delivered = Promise.resolve();
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (let start = 0; start < chunk.length; start += segmentBytesMax) {
        const segment = chunk.subarray(start, start + segmentBytesMax);
        while (underWayBytes + segment.length > windowBytes) await acknowledged.promise;
        underWayBytes += segment.length;
        const arrivesAtMs = sendOff(segment.length + headBytes) + roundTripMs / 2;
        delivered = delivered
          .then(() => wait(Math.max(0, arrivesAtMs - performance.now())))
          .then(() => {
            to.write(segment);
            setTimeout(() => {
              underWayBytes -= segment.length;
              windowBytes += segment.length;
              acknowledged.resolve();
              acknowledged = Promise.withResolvers();
            }, roundTripMs / 2);
          });
      }
    }
    await delivered;
    to.end();
  }

  async function join(phone: Socket, host: string, port: number) {
    const server = connect({ host, port, noDelay: true });
    for (const socket of [phone, server]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
    // Who goes away ends both; a page that is closed has no need of the rest.
    const end = () => {
      phone.destroy();
      server.destroy();
    };
    phone.once('error', end);
    server.once('error', end);
    phone.pause();
    await wait(roundTripMs);
    await Promise.all([carry(phone, server, sendUp), carry(server, phone, sendDown)]).catch(end);
  }

  return {
    async through(origin) {
      const { hostname, port } = new URL(origin);
      const proxy = createServer({ noDelay: true }, (phone) => void join(phone, hostname, Number(port)));
      servers.push(proxy);
      proxy.listen(0, '127.0.0.1');
      await once(proxy, 'listening');
      return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** One direction of the link, which sends one byte after the other. Gives the time at which the last of these will have left. */
function createLane(bitsPerSecond: number): (bytes: number) => number {
  let freeAtMs = 0;
  return (bytes) => {
    freeAtMs = Math.max(freeAtMs, performance.now()) + (bytes * 8 * 1_000) / bitsPerSecond;
    return freeAtMs;
  };
}
