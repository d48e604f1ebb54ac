import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, defaultServerConditions, type Rollup } from 'vite';
import type { UsageKitMock } from '../../../sdk/src/testing/mock/create-usagekit-mock.ts';
import { listen } from '../../../sdk/src/testing/node/listen.ts';
import { buildPage } from '../serve-page.ts';

export interface ServedUsagePage {
  /** `/` is rendered by the server, `/in-browser` is not, `/empty` has nothing in it. */
  url: string;
  close(): Promise<void>;
}

const emptyPage =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Empty</title></head><body><p>Empty</p></body></html>';

/** Builds a host's page of usage for server and browser, as for production, and serves it compressed with the mock behind it. */
export async function serveUsagePage(mock: UsageKitMock): Promise<ServedUsagePage> {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-usage-page-'));
  const usageKit = await listen(mock);
  const files = new Map(
    chunksOf(await buildPage(join(import.meta.dirname, 'browser.tsx'))).map(({ fileName, code }) => [
      `/${fileName}`,
      code,
    ]),
  );
  const [script = ''] = files.keys();
  const ofServer = chunksOf(await buildRenderer());
  for (const { fileName, code } of ofServer) writeFileSync(join(folder, fileName), code);
  const { renderHostPage } = (await import(
    pathToFileURL(join(folder, ofServer[0]?.fileName ?? '')).href
  )) as typeof import('./server.tsx');
  const render = (isRendered: boolean) =>
    renderHostPage({
      server: usageKit.url,
      session: mock.session(),
      getToken: () => mock.tokenFor(),
      script,
      isRendered,
    });
  const pages: Record<string, () => Promise<string>> = {
    '/': () => render(true),
    '/in-browser': () => render(false),
    '/empty': async () => emptyPage,
    '/token': async () => JSON.stringify(await mock.tokenFor()),
  };
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const text = (await pages[path]?.()) ?? files.get(path);
    const type = path === '/token' ? 'application/json' : files.has(path) ? 'text/javascript' : 'text/html';
    response
      .writeHead(text === undefined ? 404 : 200, { 'Content-Type': type, 'Content-Encoding': 'gzip' })
      .end(gzipSync(text ?? ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await usageKit.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
