import { createServer } from 'node:net';

const portsTriedMax = 50;

/** The port, or the next one that nothing listens on. 0 stays 0, which takes any. */
export async function freePort(from: number): Promise<number> {
  if (from === 0) return 0;
  for (let port = from; port < from + portsTriedMax && port <= 65_535; port++)
    if (await isFree(port)) return port;
  throw new Error(`No port from ${from} to ${from + portsTriedMax - 1} is free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
