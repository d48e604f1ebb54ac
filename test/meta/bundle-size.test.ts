import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const widgets = {
  CreditBalance: '@usagekit/react/credit-balance',
  PlanCard: '@usagekit/react/plan-card',
  TaskTable: '@usagekit/react/task-table',
  UsagePanel: '@usagekit/react/usage-panel/no-charts',
};
const provider = "export { UsageKitProvider } from '@usagekit/react';";

describe('what a host adds to its pages', () => {
  it.each(Object.entries(widgets))('F9: %s with the provider is within 12 kB', async (name, entry) => {
    expect(await gzippedBytes(`${provider} export { ${name} } from '${entry}';`)).toBeLessThan(12_000);
  });

  it('F9: all four widgets without charts are within 25 kB', async () => {
    const exports = Object.entries(widgets).map(([name, entry]) => `export { ${name} } from '${entry}';`);
    expect(await gzippedBytes(`${provider} ${exports.join(' ')}`)).toBeLessThan(25_000);
  });

  it('F9: charts are loaded by a file of their own', async () => {
    const { metafile } = await bundle("export { UsagePanel } from '@usagekit/react/usage-panel';");
    const withCharts = Object.entries(metafile.outputs)
      .filter(([, { inputs }]) => Object.keys(inputs).some((path) => path.includes('node_modules/recharts/')))
      .map(([name]) => name);
    expect(withCharts.length).toBeGreaterThan(0);
    expect(withCharts.filter((name) => name.endsWith('/stdin.js'))).toEqual([]);
  });
});

/** Counts what a page must load at once; what is loaded later stands in files of its own. React is the host's. */
async function gzippedBytes(code: string): Promise<number> {
  const { outputFiles, metafile } = await bundle(code);
  const names = Object.keys(metafile.outputs);
  const loaded = new Set(names.filter((name) => name.endsWith('/stdin.js')));
  // A set is walked in the order of insertion, what is added on the way included.
  for (const name of loaded) {
    for (const { path, kind, external } of metafile.outputs[name]?.imports ?? [])
      if (kind === 'import-statement' && !external) loaded.add(path);
  }
  const files = outputFiles.filter(({ path }) => [...loaded].some((name) => path.endsWith(baseName(name))));
  expect(files.length).toBe(loaded.size);
  return gzipSync(Buffer.concat(files.map(({ contents }) => contents)), { level: 9 }).byteLength;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/'));
}

function bundle(code: string) {
  return build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outdir: '/bundle',
    write: false,
    metafile: true,
    logLevel: 'silent',
    conditions: ['source'],
    external: ['react', 'react-dom', 'react/*', 'react-dom/*'],
    define: { 'process.env.NODE_ENV': '"production"' },
  });
}
