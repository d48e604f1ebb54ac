import { isBuiltin } from 'node:module';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('F8: app and memory store bundle for the browser with nothing of Node in them', async () => {
  const { metafile } = await build({
    stdin: {
      contents: "export * from '@usagekit/server/app'; export * from '@usagekit/server/memory';",
      resolveDir: import.meta.dirname,
    },
    absWorkingDir: import.meta.dirname,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['source'],
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(imported.filter((path) => isBuiltin(path))).toEqual([]);
  expect(Object.keys(metafile.inputs)).toContain('../../server/src/app/create-app.ts');
});

it('F30: the client, its handlers for the web and the telemetry bundle for an edge runtime with nothing of Node, and no package, in them', async () => {
  const { metafile } = await build({
    stdin: {
      contents: ['', '/handlers', '/telemetry']
        .map((entry) => `export * from '@usagekit/node${entry}';`)
        .join(''),
      resolveDir: import.meta.dirname,
    },
    absWorkingDir: import.meta.dirname,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['source'],
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(imported).toEqual([]);
  expect(Object.keys(metafile.inputs).filter((path) => path.includes('node_modules/'))).toEqual([]);
  expect(Object.keys(metafile.inputs)).toContain('../../server/src/client/index.ts');
});
