import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ServedPage } from './serve-page.ts';

const root = join(import.meta.dirname, '../..');
const mediaTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.md': 'text/markdown',
};

export interface ServedDocs extends ServedPage {
  /** Where the files of the site are. */
  folder: string;
}

/** Builds the documentation as `npm run docs` does, and serves its files on a free port of this machine. */
export async function serveDocs(): Promise<ServedDocs> {
  const folder = await mkdtemp(join(tmpdir(), 'usagekit-docs-'));
  await promisify(execFile)(
    process.execPath,
    ['--conditions=source', join(root, 'sdk/docs/build.ts'), '--out', folder],
    // Vitest's own NODE_ENV would make it a build for development.
    { cwd: root, env: { ...process.env, NODE_ENV: 'production' } },
  );
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://docs');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const body = await readFile(join(folder, path)).catch(() => undefined);
    const type = mediaTypes[extname(path)] ?? 'text/plain';
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    folder,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
