import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeListener } from '@usagekit/server/client/handlers/node';

export interface ServedApp {
  url: string;
  close(): Promise<void>;
}

/** Serves an app, or whatever answers a `Request` with a `Response`, on a free port of this machine. */
export async function serveApp(app: {
  fetch(request: Request): Response | Promise<Response>;
}): Promise<ServedApp> {
  const server = createServer(toNodeListener(async (request) => app.fetch(request)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
