import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { App } from '../../app/create-app.ts';
import { socketCloseCodes, socketProtocol, socketTokenPrefix } from '../../contract/live/stream.ts';
import { endWith, isSocketRequest } from './http-server.ts';

/** Clients may send nothing but heartbeats. */
const messageBytesMax = 1_024;
/** A client that reads so much slower than its account changes is not reading. */
const unsentBytesMax = 1_048_576;

/**
 * Answers WebSockets at `/v1/socket` with the account's changes. The token comes as a subprotocol, since an address would
 * stand in logs; a token that is not valid closes with 4401, one that may not read with 4403.
 */
export function attachSocket(server: Server, app: App): { close(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: messageBytesMax,
    handleProtocols: (protocols) => (protocols.has(socketProtocol) ? socketProtocol : false),
  });
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // Until the socket takes over, nobody else listens for its errors, and one that nobody hears ends the process.
    stream.on('error', () => stream.destroy());
    // A Node that does not know `shouldUpgradeCallback` brings every upgrade here.
    if (!isSocketRequest(request)) {
      void endWith(stream, app.refuse('not_found', 'There is nothing at this address'));
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => void connect(app, socket, request));
  };
  sockets.on('wsClientError', (_error, stream) => {
    void endWith(stream, app.refuse('invalid_request', 'This is no WebSocket handshake'));
  });
  server.on('upgrade', onUpgrade);
  return {
    close() {
      server.off('upgrade', onUpgrade);
      for (const socket of sockets.clients) socket.close(1001);
      sockets.close();
    },
  };
}

async function connect(app: App, socket: WebSocket, request: IncomingMessage): Promise<void> {
  let end: (() => void) | undefined;
  let isOver = false;
  socket.on('close', () => {
    isOver = true;
    end?.();
  });
  socket.on('error', () => socket.terminate());
  try {
    const { origin = null, 'accept-language': acceptLanguage = null } = request.headers;
    end = await app.connect(
      tokenOf(request),
      { origin, acceptLanguage },
      {
        send(message) {
          if (socket.bufferedAmount > unsentBytesMax) socket.terminate();
          else socket.send(JSON.stringify(message), () => {});
        },
        close: (code) => socket.close(code),
      },
    );
    if (isOver) end();
  } catch (error) {
    const code = error instanceof Error && 'code' in error && error.code;
    const isForbidden = code === 'forbidden' || code === 'other_account';
    socket.close(isForbidden ? socketCloseCodes.forbidden : socketCloseCodes.unauthorized);
  }
}

function tokenOf(request: IncomingMessage): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((protocol) => protocol.trim());
  return (
    offered.find((protocol) => protocol.startsWith(socketTokenPrefix))?.slice(socketTokenPrefix.length) ?? ''
  );
}
