import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { build, defaultClientConditions, type Rollup } from 'vite';
import type { ServedPage } from './serve-page.ts';

const gallery = join(import.meta.dirname, '../../sdk/gallery');

const mediaTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** The strictest policy that a page with a script and a sheet of its own can have: nothing inline, nothing evaluated. */
const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'";

/** Builds the gallery as a host would build its app, and serves it on a free port under a strict content policy. */
export async function serveGallery(): Promise<ServedPage> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: gallery,
    resolve: { conditions: ['source', ...defaultClientConditions] },
    // Vitest's own NODE_ENV would make it a build for development.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'es2022', modulePreload: { polyfill: false } },
  });
  const { output } = (Array.isArray(result) ? result[0] : result) as Rollup.RollupOutput;
  const files = new Map(
    output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  );
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://gallery');
    const path = pathname === '/' ? '/index.html' : pathname;
    const body = files.get(path);
    const headers = {
      'Content-Type': mediaTypes[extname(path)] ?? 'text/plain',
      'Content-Security-Policy': contentPolicy,
    };
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
