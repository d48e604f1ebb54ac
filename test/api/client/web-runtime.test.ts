import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { expected, walk } from '../../e2e/client-runtimes/walk.ts';
import { expectedSpool, walkSpool } from '../../e2e/client-runtimes/walk-spool.ts';
import { serveApp } from '../../support/serve-app.ts';
import { createTestServer, secretKey } from '../support/test-server.ts';

// `npm run matrix` walks the same way in Bun, in Deno and in workerd, which are too large for every install.

async function served(): Promise<{ url: string; key: string }> {
  const { app } = createTestServer();
  const { url, close } = await serveApp(app);
  onTestFinished(close);
  return { url, key: secretKey };
}

it('F30: the client, its routes and its gate need nothing but what an edge runtime has', async () => {
  const bundled = await build({
    stdin: { contents: "export * from '../../e2e/client-runtimes/walk.ts'", resolveDir: import.meta.dirname },
    bundle: true,
    format: 'iife',
    globalName: 'bundle',
    platform: 'browser',
    conditions: ['source'],
    write: false,
  });
  // Neither `process` nor `Buffer`, and none of the modules of Node.
  const web = {
    ...{ AbortController, AbortSignal, Headers, ReadableStream, Request, Response, TransformStream },
    ...{ TextDecoder, TextEncoder, URL, URLSearchParams, clearTimeout, crypto, fetch, setTimeout },
  };
  const context = createContext(web);
  runInContext(bundled.outputFiles[0]?.text ?? '', context);
  expect(runInContext('typeof process + typeof Buffer + typeof require', context)).toBe(
    'undefined'.repeat(3),
  );
  const { walk: walkAtTheEdge } = runInContext('bundle', context) as { walk: typeof walk };
  // Objects of another realm have other prototypes, which JSON does not tell.
  const told = await walkAtTheEdge({ ...(await served()), accountId: 'edge' });
  expect(JSON.parse(JSON.stringify(told))).toEqual(expected);
});

it('F30: what it tells in the other runtimes is what it tells in Node', async () => {
  expect(await walk({ ...(await served()), accountId: 'node' })).toEqual(expected);
  const directory = mkdtempSync(join(tmpdir(), 'usagekit-runtimes-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  expect(await walkSpool({ ...(await served()), accountId: 'node-away', directory })).toEqual(expectedSpool);
});
