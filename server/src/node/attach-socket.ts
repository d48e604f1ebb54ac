import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ServerType } from '@hono/node-server';
import { type WebSocket, WebSocketServer } from 'ws';
import type { App } from '../app/create-app.ts';
import { paths } from '../contract/paths.ts';
import { socketCloseCodes, socketProtocol, socketTokenPrefix } from '../contract/stream.ts';

/** What a client may send is nothing but beats. */
const messageBytesMax = 1_024;

/**
 * Answers WebSockets at `/v1/socket` with the account's changes. The token comes as a subprotocol, since an address would
 * stand in logs; a token that is not valid closes with 4401, one that may not read with 4403.
 */
export function attachSocket(server: ServerType, app: App): { close(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: messageBytesMax,
    handleProtocols: (protocols) => (protocols.has(socketProtocol) ? socketProtocol : false),
  });
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (pathOf(request) !== paths.socket) {
      stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => void connect(app, socket, request));
  };
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
    end = await app.connect(tokenOf(request), request.headers.origin ?? null, {
      send: (message) => socket.send(JSON.stringify(message)),
      close: (code) => socket.close(code),
    });
    if (isOver) end();
  } catch (error) {
    const isForbidden = error instanceof Error && 'code' in error && error.code === 'forbidden';
    socket.close(isForbidden ? socketCloseCodes.forbidden : socketCloseCodes.unauthorized);
  }
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://localhost').pathname;
}

function tokenOf(request: IncomingMessage): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((protocol) => protocol.trim());
  return (
    offered.find((protocol) => protocol.startsWith(socketTokenPrefix))?.slice(socketTokenPrefix.length) ?? ''
  );
}
