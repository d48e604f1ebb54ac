import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { build, defaultClientConditions, type Rollup } from 'vite';

export interface ServedPage {
  url: string;
  close(): Promise<void>;
}

/** Builds a page's script from the workspaces' sources, as for production. */
export async function buildPage(
  entry: string,
  output: Rollup.OutputOptions = {},
): Promise<Rollup.RollupOutput['output']> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: dirname(entry),
    resolve: { conditions: ['source', ...defaultClientConditions] },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'es2022', rollupOptions: { input: entry, output } },
  });
  const { output: files } = (Array.isArray(result) ? result[0] : result) as Rollup.RollupOutput;
  return files;
}

/** Builds a page from the workspaces' sources and serves it, with MSW's service worker, on a free port of this machine. */
export async function servePage(
  entry: string,
  answers: Record<string, () => Promise<unknown>> = {},
  /** What the page's body holds before its script runs. */
  bodyOf: (url: URL) => string | Promise<string> = () => '',
): Promise<ServedPage> {
  const output = await buildPage(entry);
  const files = new Map(
    output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source)]),
  );
  const entryName = output.find((file) => file.type === 'chunk' && file.isEntry)?.fileName;
  const mswFolder = dirname(createRequire(import.meta.url).resolve('msw/package.json'));
  files.set('/mockServiceWorker.js', await readFile(join(mswFolder, 'lib/mockServiceWorker.js'), 'utf8'));

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://page');
    const { pathname: path } = url;
    const answer = answers[path];
    const html = async () =>
      `<!doctype html><title>Page</title><body>${await bodyOf(url)}<script type="module" src="/${entryName}"></script>`;
    const text = answer ? JSON.stringify(await answer()) : path === '/' ? await html() : files.get(path);
    const type = answer ? 'application/json' : path === '/' ? 'text/html; charset=utf-8' : 'text/javascript';
    response.writeHead(text === undefined ? 404 : 200, { 'Content-Type': type }).end(text);
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
