import { gzipSync } from 'node:zlib';
import { build, defaultClientConditions, type Rollup } from 'vite';

export interface BundleSize {
  /** What must be there before anything is shown, minified and compressed, in bytes. */
  gzipBytes: number;
  /** What is loaded when it is needed, minified and compressed, in bytes. */
  lazyBytes: number;
  /** Modules of what must be there. */
  modules: string[];
  /** Modules that are loaded when they are needed. */
  lazyModules: string[];
}

const entryId = 'virtual:measured-entry';

/**
 * Bundles the code by Vite as a host's own build would, without React, and measures what has to be loaded at once.
 *
 * @param hostFolder where the kit is installed; its sources are taken where this is left out
 */
export async function measureBundle(code: string, hostFolder?: string): Promise<BundleSize> {
  const root = hostFolder ?? import.meta.dirname;
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root,
    resolve: { conditions: [...(hostFolder ? [] : ['source']), ...defaultClientConditions] },
    // Vitest's own NODE_ENV would make it a build for development, with the places of all elements in it.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'measured-entry',
        resolveId: (id) => (id === entryId ? `${root}/measured-entry.ts` : null),
        load: (id) => (id.endsWith('/measured-entry.ts') ? code : null),
      },
      {
        // Every host whose app is split has Vite's way of loading a chunk once; it is none of the kit's.
        name: 'without-preload-helper',
        enforce: 'pre',
        load: (id) =>
          id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : null,
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      rollupOptions: {
        input: entryId,
        // What a later chunk shares with the first one stays in the first one, as in an app's own build.
        preserveEntrySignatures: 'allow-extension',
        external: [/^react($|\/)/, /^react-dom($|\/)/],
      },
    },
  });
  const { output } = (Array.isArray(result) ? result[0] : result) as Rollup.RollupOutput;
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])));
  const needed = new Set<Rollup.OutputChunk>();
  const need = (chunk: Rollup.OutputChunk | undefined) => {
    if (!chunk || needed.has(chunk)) return;
    needed.add(chunk);
    for (const imported of chunk.imports) need(chunks.get(imported));
  };
  for (const chunk of chunks.values()) if (chunk.isEntry) need(chunk);

  const modulesOf = (some: Iterable<Rollup.OutputChunk>) =>
    [...some].flatMap(({ modules }) => Object.keys(modules));
  const later = [...chunks.values()].filter((chunk) => !needed.has(chunk));
  const bytesOf = (some: Iterable<Rollup.OutputChunk>) =>
    [...some].reduce((sum, { code: text }) => sum + compressedBytes(text), 0);
  return {
    gzipBytes: bytesOf(needed),
    lazyBytes: bytesOf(later),
    modules: modulesOf(needed),
    lazyModules: modulesOf(later),
  };
}

export function compressedBytes(text: string | Uint8Array): number {
  return gzipSync(text, { level: 9 }).length;
}
