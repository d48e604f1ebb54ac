import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request as requestOf, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { createGzip } from 'node:zlib';
import { build, defaultServerConditions, type Rollup } from 'vite';
import type { UsageKitMock } from '../../../sdk/src/testing/mock/usagekit-mock.ts';
import { listen } from '../../../sdk/src/testing/node/listen.ts';
import { buildPage } from '../serve-page.ts';

export interface ServedUsagePage {
  /**
   * `/` is rendered by the server. `/in-browser` is not, and reads by the host's own address; `/by-token` is not either, and reads
   * with a token from the UsageKit server. `/empty` has nothing in it.
   */
  url: string;
  /** Where the UsageKit server answers. */
  usageKitUrl: string;
  close(): Promise<void>;
}

const emptyPage =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Empty</title></head><body><p>Empty</p></body></html>';

/** As sdk/README ('First paint') says: what a page always loads is one file. */
const oneScript: Rollup.OutputOptions = {
  codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] },
};

/** Builds a host's page of usage for server and browser, as for production, and serves it compressed with the mock behind it. */
export async function serveUsagePage(mock: UsageKitMock): Promise<ServedUsagePage> {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-usage-page-'));
  const usageKit = await listen(mock);
  const ofOwner = await listen(mock, { as: 'owner' });
  const files = new Map(
    chunksOf(await buildPage(join(import.meta.dirname, 'browser.tsx'), oneScript)).map(
      ({ fileName, code }) => [`/${fileName}`, code],
    ),
  );
  const [script = ''] = files.keys();
  const ofServer = chunksOf(await buildRenderer());
  for (const { fileName, code } of ofServer) writeFileSync(join(folder, fileName), code);
  const { renderHostPage } = (await import(
    pathToFileURL(join(folder, ofServer[0]?.fileName ?? '')).href
  )) as typeof import('./server.tsx');
  const common = { session: mock.session(), getToken: () => mock.tokenFor(), script };
  const pages: Record<string, (usageKitUrl: string) => AsyncIterable<string> | Promise<string>> = {
    '/': (server) => renderHostPage({ ...common, server, isRendered: true, readFrom: usageKit.url }),
    '/in-browser': () => renderHostPage({ ...common, server: '', isRendered: false }),
    '/by-token': (server) => renderHostPage({ ...common, server, isRendered: false }),
    '/empty': async () => emptyPage,
    '/token': async () => JSON.stringify(await mock.tokenFor()),
  };
  const server = createServer(async (request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://page');
    if (path.startsWith('/v1/')) return passOn(request, response, ofOwner.url);
    const content = pages[path]?.(searchParams.get('usagekit') ?? usageKit.url) ?? files.get(path);
    const type = path === '/token' ? 'application/json' : files.has(path) ? 'text/javascript' : 'text/html';
    response.writeHead(content === undefined ? 404 : 200, {
      'Content-Type': type,
      'Content-Encoding': 'gzip',
    });
    await pipeline(compressed((await content) ?? ''), response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    usageKitUrl: usageKit.url,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await Promise.all([usageKit.close(), ofOwner.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Each piece is sent as soon as it is there. */
async function* compressed(content: string | AsyncIterable<string>): AsyncGenerator<Buffer> {
  const gzip = createGzip();
  const ready: Buffer[] = [];
  gzip.on('data', (bytes: Buffer) => ready.push(bytes));
  for await (const piece of typeof content === 'string' ? [content] : content) {
    gzip.write(piece);
    await new Promise<void>((resolve) => gzip.flush(resolve));
    yield* ready.splice(0);
  }
  gzip.end();
  await once(gzip, 'end');
  yield* ready;
}

/** Passes a request on, as a host's proxy does once it has added who is signed in. */
function passOn(request: IncomingMessage, response: ServerResponse, url: string): void {
  const { method, headers } = request;
  const passed = requestOf(`${url}${request.url}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  // A stream ends with who read it.
  response.once('close', () => passed.destroy());
  passed.once('error', () => response.destroy());
  request.pipe(passed);
}

/** What renders the page, for Node, with all that it needs. */
async function buildRenderer(): Promise<Rollup.RollupOutput['output']> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    ssr: { noExternal: true, resolve: { conditions: ['source', ...defaultServerConditions] } },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      ssr: true,
      rollupOptions: {
        input: join(import.meta.dirname, 'server.tsx'),
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  const { output } = (Array.isArray(result) ? result[0] : result) as Rollup.RollupOutput;
  return output;
}

/** The chunks of a build, the entry's own first. */
function chunksOf(output: Rollup.RollupOutput['output']): Rollup.OutputChunk[] {
  return output.filter((file) => file.type === 'chunk').sort((a, b) => Number(b.isEntry) - Number(a.isEntry));
}
