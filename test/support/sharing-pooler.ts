import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface SharingPooler {
  readonly url: string;
  close(): Promise<void>;
}

/** Sent before a connection's start by clients that would rather have TLS. */
const tlsRequestCode = 80_877_103;
const protocol = 196_608;

/**
 * A pooler as PgBouncer is with `pool_mode=transaction`, over one session of the server: each round of a client's messages goes to it
 * when it is free, up to the next `ReadyForQuery`. It knows as much of the protocol as a client needs that is to be refused.
 */
export async function startSharingPooler(databaseUrl: string): Promise<SharingPooler> {
  const { hostname, port, username, pathname } = new URL(databaseUrl);
  const session = connect(Number(port), hostname);
  session.write(startMessage(username, pathname.slice(1)));
  await answerOf(session);
  let turn: Promise<unknown> = Promise.resolve();
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    let isStarted = false;
    client.on('error', () => undefined);
    client.on('data', (chunk: Buffer) => {
      if (!isStarted && chunk.readInt32BE(4) === tlsRequestCode) {
        client.write('N');
        return;
      }
      if (!isStarted) {
        isStarted = true;
        client.write(startAnswer());
        return;
      }
      if (chunk.toString('latin1', 0, 1) === 'X') return;
      turn = turn.then(async () => {
        session.write(chunk);
        client.write(await answerOf(session));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `postgres://${username}@127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    async close() {
      for (const client of clients) client.destroy();
      session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type, 'latin1'), length, body]);
}

function startMessage(user: string, database: string): Buffer {
  const version = Buffer.alloc(4);
  version.writeInt32BE(protocol);
  return message('', Buffer.concat([version, Buffer.from(`user\0${user}\0database\0${database}\0\0`)]));
}

/** Let in, with a number that the pooler makes up, and ready. */
function startAnswer(): Buffer {
  return Buffer.concat([
    message('R', Buffer.alloc(4)),
    message('K', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1])),
    message('Z', Buffer.from('I')),
  ]);
}

/** What the server says up to the message that it is ready. */
function answerOf(session: Socket): Promise<Buffer> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const take = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      if (!endsReady(received)) return;
      session.off('data', take);
      resolve(received);
    };
    session.on('data', take);
  });
}

function endsReady(received: Buffer): boolean {
  let at = 0;
  let last = '';
  while (at + 5 <= received.length) {
    last = received.toString('latin1', at, at + 1);
    at += 1 + received.readInt32BE(at + 1);
  }
  return at === received.length && last === 'Z';
}
